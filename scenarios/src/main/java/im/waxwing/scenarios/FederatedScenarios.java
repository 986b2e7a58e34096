package im.waxwing.scenarios;

import java.util.ArrayList;
import java.util.List;

/// What only two people with a node each can show.
final class FederatedScenarios {
  private FederatedScenarios() {}

  /// Alice's node is killed: her letters go straight to Bob's, as she allowed; it comes back: they
  /// go by way of it again.
  static void pathLostAndReplaced(Programs programs)
      throws ScenarioException, InterruptedException {
    try (Pair pair = Pair.withANodeEach(programs)) {
      pair.meet();
      Person alice = pair.alice();
      Person bob = pair.bob();
      alice.allows("Bob", "federated", "relay");
      List<String> written = new ArrayList<>();
      for (String phase : List.of("by way of both", "straight", "by way of both again")) {
        if (phase.equals("straight")) {
          pair.nodeOfAlice().kill();
        }
        if (phase.equals("by way of both again")) {
          pair.nodeOfAlice().startAgain();
          alice.awaitsWay("Bob", "federated");
        }
        String id = "";
        for (int i = 1; i <= 3; i++) {
          String text = phase + " " + i;
          written.add(text);
          id = alice.writes("Bob", text);
        }
        alice.awaitsState("Bob", id, "SENT", "DELIVERED");
        alice.awaitsWay("Bob", phase.equals("straight") ? "relay" : "federated");
        bob.awaitsText("Alice", written.getLast());
      }
      String answer = bob.writes("Alice", "I have all nine.");
      alice.awaitsText("Bob", "I have all nine.");
      bob.awaitsState("Alice", answer, "DELIVERED");
      NodeScenarios.require(
          bob.textsOf("Alice").equals(written), "Bob has all nine once, in order");
    }
  }
}
