package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class KillTest {
  private static final int MESSAGES = 200;
  private static final int KILLS = 10;

  /// While the node is away, this many more letters are written before it comes back.
  private static final int WRITTEN_MEANWHILE = 3;

  @Test
  void tenKillsOfTheNodeLoseAndDoubleNoneOfTwoHundredMessages() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);
      Set<Integer> kills = instants(random);
      List<String> byAlice = new ArrayList<>();
      List<String> byBob = new ArrayList<>();
      String lastOfAlice = "";
      String lastOfBob = "";

      for (int i = 0; i < MESSAGES; i++) {
        String text = "message " + i;
        if (random.nextBoolean()) {
          lastOfAlice = alice.writes("Bob", text);
          byAlice.add(text);
        } else {
          lastOfBob = bob.writes("Alice", text);
          byBob.add(text);
        }
        if (kills.contains(i)) {
          node.kill();
        }
        if (kills.contains(i - WRITTEN_MEANWHILE)) {
          node.startAgain();
        }
      }
      alice.awaitsState("Bob", lastOfAlice, "DELIVERED", "READ");
      bob.awaitsState("Alice", lastOfBob, "DELIVERED", "READ");
      bob.awaitsText("Alice", byAlice.getLast());
      alice.awaitsText("Bob", byBob.getLast());

      assertThat(bob.textsOf("Alice")).as("what Bob has, seed %d", seed).isEqualTo(byAlice);
      assertThat(alice.textsOf("Bob")).as("what Alice has, seed %d", seed).isEqualTo(byBob);
    }
  }

  /// Ten instants, far enough apart that the node is back before the next one.
  private static Set<Integer> instants(SplittableRandom random) {
    Set<Integer> instants = new TreeSet<>();
    int room = MESSAGES / KILLS;
    for (int i = 0; i < KILLS; i++) {
      instants.add(i * room + random.nextInt(room - WRITTEN_MEANWHILE - 1));
    }
    return instants;
  }
}
