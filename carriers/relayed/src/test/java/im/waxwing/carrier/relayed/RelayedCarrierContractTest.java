package im.waxwing.carrier.relayed;

import im.waxwing.carrier.contract.CarrierContract;
import im.waxwing.carrier.contract.CarrierWorld;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RelayedCarrierContractTest extends CarrierContract {
  @TempDir Path folder;

  @Override
  protected CarrierWorld newWorld() throws IOException {
    return new NodeWorld(folder);
  }
}
