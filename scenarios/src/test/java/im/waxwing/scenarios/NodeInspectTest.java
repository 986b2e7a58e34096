package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A letter waits for Bob at the node, and its operator looks.
final class NodeInspectTest {
  private static String whileItRuns = "";
  private static String whileItIsDown = "";

  @BeforeAll
  static void inspectARunningAndADeadNode() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);
      bob.dies();
      String id = alice.writes("Bob", "nobody at the node reads this");
      alice.awaitsState("Bob", id, "SENT");
      whileItRuns = inspect(node);
      node.kill();
      alice.await(
          "Alice's app sees that the node is gone",
          () ->
              Optional.of(alice.status())
                  .filter(s -> !s.path("node").path("state").asText().equals("CONNECTED")));
      whileItIsDown = inspect(node);
    }
  }

  @Test
  void theNodeKnowsMailboxesAndEnvelopesButNobody() {
    assertTellsOfNobody(whileItRuns);
  }

  @Test
  void itTellsTheSameWhileTheNodeIsDown() {
    assertTellsOfNobody(whileItIsDown);
  }

  private static void assertTellsOfNobody(String told) {
    assertThat(told)
        .contains("mailboxes", "envelopes", "drawers", "what is not here")
        .containsPattern("mailbox [0-9a-f]{64}  sequence [0-9]+  id [0-9a-f]{64}  bytes 2560")
        .doesNotContain("Alice", "Bob", "nobody at the node");
  }

  private static String inspect(NodeProcess node) throws Exception {
    Run run = Run.of("node", "inspect", "--data", node.folder().toString());
    assertThat(run.exitCode()).isZero();
    return run.out();
  }
}
