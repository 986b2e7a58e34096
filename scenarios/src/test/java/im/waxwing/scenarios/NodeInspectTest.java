package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeInspectTest {
  @Test
  void theNodeKnowsMailboxesAndEnvelopesButNobody() throws Exception {
    Programs programs = Programs.ofThisCheckout();
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);
      bob.dies();
      String id = alice.writes("Bob", "nobody at the node reads this");
      alice.awaitsState("Bob", id, "SENT");

      String told = inspect(programs, node.folder());

      assertThat(told)
          .contains("mailbox")
          .contains("envelope")
          .doesNotContain("Alice")
          .doesNotContain("Bob")
          .doesNotContain("nobody at the node");
    }
  }

  @Test
  void looksAlikeWhileTheNodeIsDown() throws Exception {
    Programs programs = Programs.ofThisCheckout();
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      JsonNode connected = alice.status();
      assertThat(connected.path("node").path("state").asText()).isEqualTo("CONNECTED");
      node.kill();
      alice.await(
          "Alice's app sees that the node is gone",
          () ->
              Optional.of(alice.status())
                  .filter(s -> !s.path("node").path("state").asText().equals("CONNECTED")));

      assertThat(inspect(programs, node.folder())).contains("mailbox");
    }
  }

  private static String inspect(Programs programs, Path folder) throws Exception {
    List<String> command = new ArrayList<>(programs.node());
    command.addAll(List.of("inspect", "--data", folder.toString()));
    try (ChildProcess process = ChildProcess.start(command, Programs.AS_BUILT)) {
      assertThat(process.awaitExit(Duration.ofSeconds(60))).isZero();
      return String.join("\n", process.output());
    }
  }
}
