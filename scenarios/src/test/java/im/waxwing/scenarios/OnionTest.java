package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import im.waxwing.scenarios.Screen.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// People who live in an onion network, or have a mailbox there beside the one at a node.
final class OnionTest {
  private static OnionNetwork network;

  private Town town;

  @BeforeAll
  static void startTheNetwork() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Person.LIMIT.toMillis());
    network = OnionNetwork.start(Programs.ofThisCheckout());
  }

  @AfterAll
  static void endTheNetwork() {
    network.close();
  }

  @BeforeEach
  void build() throws Exception {
    town = new Town(Programs.ofThisCheckout());
  }

  @AfterEach
  void tidyUp() {
    town.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anAppSpeaksToItsGuardOnlyWhateverItDoes() throws Exception {
    Person alice = town.person("Alice", network);
    Person bob = town.person("Bob", network);
    Town.introduce(alice, bob);
    int guard = onlyPartner(alice);
    int guardOfBob = onlyPartner(bob);
    assertThat(portsOf(network.layer(1))).contains(guard, guardOfBob);

    String id = alice.writes("Bob", "through relays");
    bob.reads("Alice", bob.awaitsText("Alice", "through relays"));
    assertThat(nodesSpokenToBy(alice)).containsExactly(guard);
    alice.awaitsState("Bob", id, "READ");
    bob.writes("Alice", "and back");
    alice.awaitsText("Bob", "and back");

    assertThat(nodesSpokenToBy(alice)).containsExactly(guard);
    assertThat(nodesSpokenToBy(bob)).containsExactly(guardOfBob);
  }

  /// The node by which somebody entered the network is left as soon as a guard is found.
  private static int onlyPartner(Person person) throws Exception {
    return person.await(
        person.name() + "'s app speaks to one node",
        () -> {
          Set<Integer> spokenTo = nodesSpokenToBy(person);
          return spokenTo.size() == 1 ? spokenTo.stream().findFirst() : Optional.empty();
        });
  }

  private static Set<Integer> nodesSpokenToBy(Person person) {
    Set<Integer> ports = new HashSet<>(Partners.of(person));
    ports.retainAll(portsOf(network.nodes()));
    return ports;
  }

  private static Set<Integer> portsOf(List<NodeProcess> nodes) {
    return nodes.stream().map(NodeProcess::port).collect(Collectors.toSet());
  }

  @Test
  void lettersOfNodesThatDoNotDealWithEachOtherGoThroughTheNetworkByThemselves() throws Exception {
    NodeProcess hers = town.node();
    NodeProcess his = town.node();
    Person alice = town.person("Alice", hers);
    Person bob = town.person("Bob", his);
    alice.enters(network);
    bob.enters(network);
    Town.introduce(alice, bob);
    his.kill();
    his.startAgain("--federate-never", hers.address().split("/", -1)[1]);

    alice.writes("Bob", "around the fence");
    bob.awaitsText("Alice", "around the fence");
    bob.writes("Alice", "and back over it");
    alice.awaitsText("Bob", "and back over it");

    alice.awaitsWay("Bob", "onion");
    bob.awaitsWay("Alice", "onion");
    assertThat(way(alice.travelTo("Bob"), "federated").path("state").asText())
        .isEqualTo("NOT_ALLOWED");
  }

  private static JsonNode way(JsonNode travel, String name) {
    for (JsonNode way : travel.path("ways")) {
      if (way.path("network").asText().equals(name)) {
        return way;
      }
    }
    throw new AssertionError("no way " + name);
  }

  @Test
  void whoMovesFromANodeIntoTheNetworkIsFollowed() throws Exception {
    NodeProcess node = town.node();
    Person alice = town.person("Alice", node);
    Person bob = town.person("Bob", node);
    bob.enters(network);
    Town.introduce(alice, bob);
    List<String> written = new ArrayList<>(List.of("to your node", "to your network", "on and on"));
    bob.writes("Alice", written.getFirst());
    alice.awaitsText("Bob", written.getFirst());

    alice.moves(network.address());
    bob.awaitsWay("Alice", "onion");
    bob.writes("Alice", written.get(1));
    alice.awaitsText("Bob", written.get(1));
    node.kill();
    String last = bob.writes("Alice", written.get(2));
    alice.awaitsText("Bob", written.get(2));
    bob.awaitsState("Alice", last, "DELIVERED");

    assertThat(alice.textsOf("Bob")).isEqualTo(written);
    assertThat(alice.status().path("node").path("state").asText()).isEqualTo("NONE");
  }

  @Test
  void aNetworkIsEnteredAndLeftByClickAndItsHandsAreDrawn() throws Exception {
    Person alice = town.person("Alice", town.node());
    Person bob = town.person("Bob", network);
    try (Chromium chromium = Chromium.start()) {
      try (Screen screen = chromium.open(alice, Size.WIDE)) {
        entersByClick(screen);
        Town.introduce(bob, alice);
        seesFourHands(screen, bob);
        screen.assertKeptToItself();
      }
      try (Screen screen = chromium.open(alice, Size.NARROW)) {
        screen.presses("Settings");
        screen.sees("Connected to the onion network");
        screen.shows("narrow-network");
        assertThat(screen.scrollsSideways()).isFalse();
        screen.presses("Leave the network…");
        screen.shows("leave-network");
        screen.presses("Leave");
        screen.sees("You have left the network.");
        screen.fills("Network address", "onion:nonsense");
        screen.presses("Enter the network");
        screen.sees("This is not the address of an onion network.");
      }
    }
    assertThat(alice.status().path("network").isNull()).isTrue();
  }

  private static void entersByClick(Screen screen) throws Exception {
    screen.presses("Settings");
    screen.fills("Network address", network.address());
    screen.presses("Enter the network");
    screen.sees("You have a mailbox in the network.");
    screen.sees("Connected to the onion network");
    screen.shows("network");
  }

  private static void seesFourHands(Screen screen, Person bob) throws Exception {
    screen.person("Bob").click();
    screen.writes("Bob", "Nobody sees us both.");
    bob.awaitsText("Alice", "Nobody sees us both.");
    screen.seesHowFar("Nobody sees us both.", "On their device");
    screen.part(AriaRole.BUTTON, "How letters travel\\. 4 hands: .*").click();
    PlaywrightAssertions.assertThat(screen.page().locator(".journey .stop-name"))
        .hasText(
            new String[] {
              "You", "Your guard, the first relay", "Two relays", "A swarm of five nodes", "Bob"
            });
    screen.page().getByText("How we know").last().click();
    screen.sees("Shown by OnionTest");
    screen.shows("four-hands");
    screen.types("Escape");
  }
}
