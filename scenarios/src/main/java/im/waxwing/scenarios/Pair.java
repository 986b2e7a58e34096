package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Alice and Bob in a town with one node for both, one each, or none.
///
/// @param nodes of Alice first, of Bob last
record Pair(Town town, List<NodeProcess> nodes, Person alice, Person bob) implements AutoCloseable {
  static Pair atOneNode(Programs programs) throws ScenarioException, InterruptedException {
    return in(new Town(programs), 1);
  }

  static Pair withANodeEach(Programs programs) throws ScenarioException, InterruptedException {
    return in(new Town(programs), 2);
  }

  /// Both live in the network, and have no node.
  static Pair inNetwork(Programs programs, OnionNetwork network)
      throws ScenarioException, InterruptedException {
    Town town = new Town(programs);
    try {
      Person alice = town.person("Alice", network);
      Person bob = town.person("Bob", network);
      return new Pair(town, List.of(), alice, bob);
    } catch (ScenarioException | InterruptedException | RuntimeException e) {
      town.close();
      throw e;
    }
  }

  private static Pair in(Town town, int count) throws ScenarioException, InterruptedException {
    try {
      List<NodeProcess> nodes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        nodes.add(town.node());
      }
      Person alice = town.person("Alice", nodes.getFirst());
      Person bob = town.person("Bob", nodes.getLast());
      return new Pair(town, nodes, alice, bob);
    } catch (ScenarioException | InterruptedException | RuntimeException e) {
      town.close();
      throw e;
    }
  }

  NodeProcess nodeOfAlice() {
    return nodes.getFirst();
  }

  NodeProcess nodeOfBob() {
    return nodes.getLast();
  }

  /// Gives both a second mailbox, in the network.
  void enter(OnionNetwork network) throws ScenarioException, InterruptedException {
    alice.enters(network);
    bob.enters(network);
  }

  void meet() throws ScenarioException, InterruptedException {
    Town.introduce(alice, bob);
  }

  /// Checks how many nodes a letter passes, as each of the two sees it.
  void requireHands(int hands) throws ScenarioException, InterruptedException {
    NodeScenarios.require(
        hands(alice, "Bob") == hands && hands(bob, "Alice") == hands,
        "letters pass " + hands + (hands == 1 ? " node" : " nodes"));
  }

  private static int hands(Person person, String other)
      throws ScenarioException, InterruptedException {
    JsonNode travel = person.travelTo(other);
    return travel.path("hands").size();
  }

  @Override
  public void close() {
    town.close();
  }
}
