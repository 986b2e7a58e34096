package im.waxwing.carrier.relayed;

import im.waxwing.carrier.contract.CarrierContract;
import im.waxwing.carrier.contract.CarrierWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FourNodesContractTest extends CarrierContract {
  @TempDir Path folder;

  @Override
  protected CarrierWorld newWorld() throws Exception {
    return new PathWorld(folder, 4);
  }
}
