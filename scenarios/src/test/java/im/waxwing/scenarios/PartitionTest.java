package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on two machines, as the kernel sees it, and a cable that is pulled.
final class PartitionTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void lettersWaitWhileTheNodesAreCutOffAndArriveOnceAndInOrderAfterwards() throws Exception {
    String own = Long.toString(ProcessHandle.current().pid());
    try (House alice = House.build("wwa" + own, "10.77.0.1", folder.resolve("alice"));
        House bob = House.build("wwb" + own, "10.77.0.2", folder.resolve("bob"))) {
      House.join(alice, bob);
      alice.moveIn("Alice");
      bob.moveIn("Bob");
      bob.run("accept", alice.json("invite").path("link").asText());
      bob.run("send", "Alice", "Is the line up?");
      ChildProcess heard = alice.app("read", "Bob", "--follow");
      heard.awaitLine("the question", line -> line.contains("Is the line up?"), LIMIT);

      alice.cutCable();
      List<String> meanwhile = List.of("one", "two", "three");
      for (String text : meanwhile) {
        bob.run("send", "Alice", text);
      }
      awaitMissing(bob);
      assertThat(heard.output()).noneMatch(line -> line.endsWith("three"));

      alice.mendCable();
      heard.awaitLine("the last of them", line -> line.contains("three"), LIMIT);
      List<String> texts =
          alice.run("read", "Bob", "--json").lines().map(PartitionTest::text).toList();
      assertThat(texts).containsExactly("Is the line up?", "one", "two", "three");
    }
  }

  /// Bob's app comes to say which node does not answer.
  private static void awaitMissing(House bob) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!bob.run("ways", "Alice").contains("10.77.0.1 does not answer")) {
      assertThat(System.nanoTime()).as("the missing node is named").isLessThan(deadline);
    }
  }

  private static String text(String json) {
    try {
      return ApiClient.JSON.readTree(json).path("text").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
