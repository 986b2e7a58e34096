package im.waxwing.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What works through three relays to a swarm of five, and beside a node. All of it goes by one
/// network, which is started for the first scenario and ended with this.
final class OnionScenarios implements AutoCloseable {
  private Optional<OnionNetwork> network = Optional.empty();

  Map<Feature, Scenario> all() {
    Map<Feature, Scenario> all =
        NodeScenarios.onion(programs -> Pair.inNetwork(programs, network(programs)));
    all.put(Feature.NODE_RESTARTED, this::memberAndRelayKilledAndRestarted);
    all.put(Feature.PATH_LOST, this::homeNodeLostAndReplaced);
    return all;
  }

  private OnionNetwork network(Programs programs) throws ScenarioException, InterruptedException {
    if (network.isEmpty()) {
      network = Optional.of(OnionNetwork.start(programs));
    }
    return network.get();
  }

  /// A node that keeps a letter is killed, and a relay; letters go on while both are away, and
  /// after they are back.
  private void memberAndRelayKilledAndRestarted(Programs programs)
      throws ScenarioException, InterruptedException {
    OnionNetwork onion = network(programs);
    try (Pair pair = Pair.inNetwork(programs, onion)) {
      pair.meet();
      Person alice = pair.alice();
      Person bob = pair.bob();
      bob.dies();
      alice.awaitsState("Bob", alice.writes("Bob", "before"), "SENT");
      NodeProcess member = onion.keeper();
      NodeProcess relay =
          onion.layer(2).stream().filter(node -> !node.equals(member)).findFirst().orElseThrow();
      member.kill();
      relay.kill();
      alice.awaitsState("Bob", alice.writes("Bob", "meanwhile"), "SENT");
      bob.comesBack();
      bob.awaitsText("Alice", "meanwhile");
      member.startAgain();
      relay.startAgain();
      String last = alice.writes("Bob", "afterwards");
      bob.awaitsText("Alice", "afterwards");
      alice.awaitsState("Bob", last, "DELIVERED");
      NodeScenarios.require(
          bob.textsOf("Alice").equals(List.of("before", "meanwhile", "afterwards")),
          "Bob has all three once, in order");
    }
  }

  /// Each has a node, and both a mailbox in the network. Alice's node is killed: letters of both go
  /// through the network; it comes back: they go by way of both nodes again.
  private void homeNodeLostAndReplaced(Programs programs)
      throws ScenarioException, InterruptedException {
    try (Pair pair = Pair.withANodeEach(programs)) {
      lostAndReplaced(pair, network(programs), "federated");
    }
  }

  /// The same of two who share a node.
  void sharedNodeLostAndReplaced(Programs programs) throws ScenarioException, InterruptedException {
    try (Pair pair = Pair.atOneNode(programs)) {
      lostAndReplaced(pair, network(programs), "relay");
    }
  }

  private static void lostAndReplaced(Pair pair, OnionNetwork network, String first)
      throws ScenarioException, InterruptedException {
    pair.enter(network);
    pair.meet();
    Person alice = pair.alice();
    Person bob = pair.bob();
    alice.allows("Bob", first, "onion");
    bob.allows("Alice", first, "onion");
    List<String> written = new ArrayList<>();
    writeBoth(pair, written, "by nodes");
    awaitWay(pair, first);
    pair.nodeOfAlice().kill();
    writeBoth(pair, written, "by relays");
    awaitWay(pair, "onion");
    pair.nodeOfAlice().startAgain();
    awaitWay(pair, first);
    writeBoth(pair, written, "by nodes again");
    NodeScenarios.require(
        bob.textsOf("Alice").equals(written) && alice.textsOf("Bob").equals(written),
        "both have all of it once, in order");
  }

  /// Three letters each way, which all arrive.
  private static void writeBoth(Pair pair, List<String> written, String phase)
      throws ScenarioException, InterruptedException {
    for (int i = 1; i <= 3; i++) {
      String text = phase + " " + i;
      written.add(text);
      String _ = pair.alice().writes("Bob", text);
      String _ = pair.bob().writes("Alice", text);
    }
    pair.bob().awaitsText("Alice", written.getLast());
    pair.alice().awaitsText("Bob", written.getLast());
  }

  private static void awaitWay(Pair pair, String network)
      throws ScenarioException, InterruptedException {
    pair.alice().awaitsWay("Bob", network);
    pair.bob().awaitsWay("Alice", network);
  }

  @Override
  public void close() {
    network.ifPresent(OnionNetwork::close);
  }
}
