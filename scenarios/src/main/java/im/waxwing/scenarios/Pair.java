package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;

/// Alice and Bob in a town with one node for both, or one each.
record Pair(Town town, NodeProcess nodeOfAlice, NodeProcess nodeOfBob, Person alice, Person bob)
    implements AutoCloseable {
  static Pair atOneNode(Programs programs) throws ScenarioException, InterruptedException {
    return in(new Town(programs), false);
  }

  static Pair withANodeEach(Programs programs) throws ScenarioException, InterruptedException {
    return in(new Town(programs), true);
  }

  private static Pair in(Town town, boolean federated)
      throws ScenarioException, InterruptedException {
    try {
      NodeProcess nodeOfAlice = town.node();
      NodeProcess nodeOfBob = federated ? town.node() : nodeOfAlice;
      Person alice = town.person("Alice", nodeOfAlice);
      Person bob = town.person("Bob", nodeOfBob);
      return new Pair(town, nodeOfAlice, nodeOfBob, alice, bob);
    } catch (ScenarioException | InterruptedException | RuntimeException e) {
      town.close();
      throw e;
    }
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
