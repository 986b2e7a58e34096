package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.MessageView;
import im.waxwing.carrier.Reachability.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alice lives at North and in the network, Bob at South, Carol in the network only.
class OnionWorldTest {
  @TempDir Path folder;
  private World world;
  private SimulatedOnion onion;
  private Person alice;
  private Person bob;
  private Person carol;
  private SimulatedNode north;
  private SimulatedNode south;

  @BeforeEach
  void contacts() {
    world = World.ofSeed(3, folder.resolve("world"));
    Template.populate(world, new Template.Town(List.of("North", "South"), true));
    new Calm(world).settle();
    onion = world.onion().orElseThrow();
    alice = world.person("Alice");
    bob = world.person("Bob");
    carol = world.person("Carol");
    north = world.nodes().getFirst();
    south = world.nodes().getLast();
    world.people().forEach(person -> person.choosesWays(List.of("federated", "onion")));
    world.pass(Duration.ofMinutes(5));
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void whoLivesInTheNetworkOnlyIsWrittenToThere() {
    alice.writes(carol, "by blind hands");
    carol.writes(alice, "and back");
    pass();

    assertThat(texts(carol, alice)).containsExactlyInAnyOrder("by blind hands", "and back");
    assertThat(texts(alice, carol)).hasSize(2);
  }

  @Test
  void aPairThatOperatorsBlockFallsBackByItself() {
    south.setRefusing(north, true);
    bob.writes(alice, "around");
    pass();

    assertThat(texts(alice, bob)).containsExactly("around");
    assertThat(network(bob, alice)).isEqualTo("onion");
  }

  @Test
  void twoMembersMayFail() {
    onion.setUp(0, false);
    onion.setUp(3, false);
    carol.writes(alice, "three are enough");
    pass();

    assertThat(texts(alice, carol)).containsExactly("three are enough");
  }

  @Test
  void whileNobodyKeepsTheNetworkUpLettersWait() {
    onion.setUp(false);
    carol.writes(alice, "patience");
    pass();
    List<String> meanwhile = texts(alice, carol);
    onion.mend();
    world.pass(Duration.ofMinutes(10));

    assertThat(meanwhile).isEmpty();
    assertThat(texts(alice, carol)).containsExactly("patience");
  }

  @Test
  void aNetworkThatIsDistrustedIsNotUsed() {
    onion.setFault(Optional.of(Fault.FORKED));
    pass();
    carol.writes(alice, "patience");
    pass();
    List<String> meanwhile = texts(alice, carol);
    onion.setFault(Optional.empty());
    world.pass(Duration.ofMinutes(10));

    assertThat(meanwhile).isEmpty();
    assertThat(texts(alice, carol)).containsExactly("patience");
  }

  private void pass() {
    world.pass(Duration.ofMinutes(1));
    world.pass(Duration.ofMinutes(1));
  }

  private static String network(Person person, Person other) {
    return person.sees(
        messenger ->
            messenger.conversations().stream()
                .filter(conversation -> conversation.name().equals(other.name()))
                .findFirst()
                .orElseThrow()
                .travel()
                .network());
  }

  private static List<String> texts(Person person, Person other) {
    return person.sees(
        messenger ->
            Person.messages(messenger, Person.conversation(messenger, other).orElseThrow()).stream()
                .map(MessageView::text)
                .toList());
  }
}
