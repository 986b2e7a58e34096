package im.waxwing.carrier.relayed;

import im.waxwing.carrier.contract.CarrierContract;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.node.testing.OnionNetwork;
import im.waxwing.protocol.consensus.Parameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A network whose nodes delay each packet, and whose apps send one at each tick of chance.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedContractTest extends CarrierContract {
  private static final Parameters MIXED =
      new Parameters(
          Parameters.Mode.MIXED,
          Parameters.PacketProfile.X25519,
          Set.of(Parameters.Rule.OPERATOR),
          Duration.ofMillis(3),
          Duration.ofMillis(25),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          5,
          3,
          4);

  private OnionNetwork network;

  @BeforeAll
  void startNetwork(@TempDir Path folder) throws Exception {
    network = OnionNetwork.start(folder, OnionNetwork.Shape.of(OnionWorld.NODES).with(MIXED));
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
