package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.node.testing.OnionNetwork;
import im.waxwing.protocol.consensus.Parameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopsTest {
  /// Two of each layer.
  private static final int NODES = 6;

  private static final Parameters MIXED =
      new Parameters(
          Parameters.Mode.MIXED,
          Parameters.PacketProfile.X25519,
          Set.of(),
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMillis(250),
          5,
          3,
          0);

  @TempDir Path folder;

  @Test
  void everyRelayOfANetworkThatMixesHearsItsOwnPacketsAgain() throws Exception {
    OnionNetwork.Shape shape = OnionNetwork.Shape.of(NODES).with(MIXED);
    try (OnionNetwork network = OnionNetwork.start(folder, shape)) {
      for (int i = 0; i < NODES; i++) {
        Counters counters = network.node(i).counters();
        OnionNetwork.await("loops come back", () -> counters.loops.sum() >= 3);
        assertThat(counters.malformed.sum()).isZero();
      }
    }
  }
}
