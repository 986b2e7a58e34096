package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.MessageView.State;
import im.waxwing.api.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTest {
  @TempDir Path folder;

  /// The power goes every few milliseconds of the first second, on alternating sides.
  @ParameterizedTest
  @ValueSource(ints = {5, 13, 29})
  void powerCutsAtEveryStepLoseAndDoubleNothing(int millis) throws ProblemException {
    try (Village village = new Village(folder)) {
      Someone alice = village.person("Alice");
      Someone bob = village.person("Bob");
      bob.engine.accept(alice.invites().link());
      cuts(village, alice, bob, millis);
      village.settle();
      alice.writes(bob, "from Alice");
      bob.writes(alice, "from Bob");
      cuts(village, alice, bob, millis);
      village.hours.pass(Duration.ofMinutes(2));

      assertThat(alice.textsWith(bob)).containsExactlyInAnyOrder("from Alice", "from Bob");
      assertThat(bob.textsWith(alice)).isEqualTo(alice.textsWith(bob));
      assertThat(alice.statesWith(bob)).containsExactlyInAnyOrder(State.DELIVERED, State.RECEIVED);
    }
  }

  private static void cuts(Village village, Someone alice, Someone bob, int millis) {
    for (int at = 0, cut = 0; at < 400; at += millis, cut++) {
      village.hours.pass(Duration.ofMillis(millis));
      if (cut % 2 == 0) {
        alice.crash();
      } else {
        bob.crash();
      }
    }
  }
}
