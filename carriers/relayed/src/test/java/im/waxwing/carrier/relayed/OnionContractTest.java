package im.waxwing.carrier.relayed;

import im.waxwing.carrier.contract.CarrierContract;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.node.testing.OnionNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Three authorities, nine nodes, and mailboxes that swarms of five keep.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnionContractTest extends CarrierContract {
  private OnionNetwork network;

  @BeforeAll
  void startNetwork(@TempDir Path folder) throws Exception {
    network = OnionNetwork.start(folder, OnionWorld.NODES);
  }

  @AfterAll
  void stopNetwork() {
    network.close();
  }

  @Override
  protected CarrierWorld newWorld() {
    return new OnionWorld(network);
  }
}
