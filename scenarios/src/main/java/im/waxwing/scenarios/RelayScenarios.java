package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// What works by way of one node.
final class RelayScenarios {
  static final Map<Feature, Scenario> ALL =
      Map.of(
          Feature.TEXT, RelayScenarios::text,
          Feature.OFFLINE_DELIVERY, RelayScenarios::deliveredWhileOffline,
          Feature.RECEIPTS, RelayScenarios::receipts,
          Feature.NODE_RESTARTED, RelayScenarios::nodeKilledAndRestarted);

  private RelayScenarios() {}

  private static void text(Programs programs) throws ScenarioException, InterruptedException {
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);

      alice.writes("Bob", "Come to the orchard at noon.");
      bob.awaitsText("Alice", "Come to the orchard at noon.");
      bob.writes("Alice", "I bring the ladder. \u263A");
      alice.awaitsText("Bob", "I bring the ladder. \u263A");

      require(bob.textsOf("Alice").size() == 1, "Bob has the message once");
      require(alice.textsOf("Bob").size() == 1, "Alice has the answer once");
    }
  }

  private static void deliveredWhileOffline(Programs programs)
      throws ScenarioException, InterruptedException {
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);

      bob.dies();
      List<String> texts = List.of("one", "two", "three");
      String last = "";
      for (String text : texts) {
        last = alice.writes("Bob", text);
      }
      alice.awaitsState("Bob", last, "SENT");
      alice.dies();
      bob.comesBack();
      bob.awaitsText("Alice", "three");

      require(bob.textsOf("Alice").equals(texts), "Bob has all three once, in order");
      alice.comesBack();
      alice.awaitsState("Bob", last, "DELIVERED");
    }
  }

  private static void receipts(Programs programs) throws ScenarioException, InterruptedException {
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);

      String id = alice.writes("Bob", "Did you get it?");
      JsonNode received = bob.awaitsText("Alice", "Did you get it?");
      alice.awaitsState("Bob", id, "DELIVERED");
      require(bob.unread("Alice") == 1, "one message is unread");
      bob.reads("Alice", received);
      alice.awaitsState("Bob", id, "READ");
      require(bob.unread("Alice") == 0, "no message is unread");
    }
  }

  private static void nodeKilledAndRestarted(Programs programs)
      throws ScenarioException, InterruptedException {
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", node);
      Town.introduce(alice, bob);

      bob.dies();
      String kept = alice.writes("Bob", "before");
      alice.awaitsState("Bob", kept, "SENT");
      node.kill();
      String waiting = alice.writes("Bob", "meanwhile");
      alice.awaitsState("Bob", waiting, "SENDING");
      node.startAgain();
      bob.comesBack();
      bob.awaitsText("Alice", "meanwhile");

      require(
          bob.textsOf("Alice").equals(List.of("before", "meanwhile")),
          "Bob has both once, in order");
      alice.awaitsState("Bob", waiting, "DELIVERED");
    }
  }

  private static void require(boolean so, String what) throws ScenarioException {
    if (!so) {
      throw new ScenarioException("not so: " + what);
    }
  }
}
