package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What works by way of nodes, wherever the two people live.
final class NodeScenarios {
  private final Homes homes;
  private final int hands;

  /// @param hands how many nodes a letter passes between them
  private NodeScenarios(Homes homes, int hands) {
    this.homes = homes;
    this.hands = hands;
  }

  /// Gives Alice and Bob a home.
  interface Homes {
    Pair settle(Programs programs) throws ScenarioException, InterruptedException;
  }

  /// Both live at one node.
  static Map<Feature, Scenario> relay() {
    return new NodeScenarios(Pair::atOneNode, 1).atNodes();
  }

  /// Each has a node: letters pass the writer's, then the reader's.
  static Map<Feature, Scenario> federated() {
    Map<Feature, Scenario> all = new NodeScenarios(Pair::withANodeEach, 2).atNodes();
    all.put(Feature.PATH_LOST, FederatedScenarios::pathLostAndReplaced);
    return all;
  }

  /// Both live in an onion network: letters pass three relays, and a node of five that keep them.
  static Map<Feature, Scenario> onion(Homes homes) {
    return new NodeScenarios(homes, 4).letters();
  }

  private Map<Feature, Scenario> atNodes() {
    Map<Feature, Scenario> all = letters();
    all.put(Feature.NODE_RESTARTED, programs -> play(programs, this::nodeKilledAndRestarted));
    return all;
  }

  private Map<Feature, Scenario> letters() {
    Map<Feature, Scenario> all = new EnumMap<>(Feature.class);
    all.put(Feature.TEXT, programs -> play(programs, this::text));
    all.put(Feature.OFFLINE_DELIVERY, programs -> play(programs, this::deliveredWhileOffline));
    all.put(Feature.RECEIPTS, programs -> play(programs, this::receipts));
    all.put(Feature.PROFILE_CHANGE, programs -> play(programs, this::profileChange));
    SayingScenarios.all()
        .forEach((feature, act) -> all.put(feature, programs -> play(programs, act)));
    return all;
  }

  /// What two people who have met do.
  interface Act {
    void play(Pair pair) throws ScenarioException, InterruptedException;
  }

  private void play(Programs programs, Act act) throws ScenarioException, InterruptedException {
    try (Pair pair = homes.settle(programs)) {
      pair.meet();
      pair.requireHands(hands);
      act.play(pair);
    }
  }

  private void text(Pair pair) throws ScenarioException, InterruptedException {
    pair.alice().writes("Bob", "Come to the orchard at noon.");
    pair.bob().awaitsText("Alice", "Come to the orchard at noon.");
    pair.bob().writes("Alice", "I bring the ladder. \u263A");
    pair.alice().awaitsText("Bob", "I bring the ladder. \u263A");

    require(pair.bob().textsOf("Alice").size() == 1, "Bob has the message once");
    require(pair.alice().textsOf("Bob").size() == 1, "Alice has the answer once");
  }

  private void deliveredWhileOffline(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
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

  private void receipts(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    String id = alice.writes("Bob", "Did you get it?");
    JsonNode received = bob.awaitsText("Alice", "Did you get it?");
    alice.awaitsState("Bob", id, "DELIVERED");
    require(bob.unread("Alice") == 1, "one message is unread");
    bob.reads("Alice", received);
    alice.awaitsState("Bob", id, "READ");
    require(bob.unread("Alice") == 0, "no message is unread");
  }

  private void profileChange(Pair pair) throws ScenarioException, InterruptedException {
    pair.alice().renames("Alice Liddell");
    pair.bob().awaitsContact("Alice Liddell");
    pair.alice().writes("Bob", "It is still me.");
    pair.bob().awaitsText("Alice Liddell", "It is still me.");
  }

  private void nodeKilledAndRestarted(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    bob.dies();
    String kept = alice.writes("Bob", "before");
    alice.awaitsState("Bob", kept, "SENT");
    pair.nodeOfBob().kill();
    String waiting = alice.writes("Bob", "meanwhile");
    alice.awaitsState("Bob", waiting, "SENDING");
    pair.nodeOfBob().startAgain();
    bob.comesBack();
    bob.awaitsText("Alice", "meanwhile");

    require(
        bob.textsOf("Alice").equals(List.of("before", "meanwhile")), "Bob has both once, in order");
    alice.awaitsState("Bob", waiting, "DELIVERED");
  }

  static void require(boolean so, String what) throws ScenarioException {
    if (!so) {
      throw new ScenarioException("not so: " + what);
    }
  }
}
