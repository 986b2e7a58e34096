package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.MessageView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alice lives at North, Bob at South; neither can reach the other's node.
class FederatedWorldTest {
  @TempDir Path folder;
  private World world;
  private Person alice;
  private Person bob;
  private SimulatedNode north;
  private SimulatedNode south;

  @BeforeEach
  void contacts() {
    world = World.ofSeed(3, folder.resolve("world"));
    Template.populate(world, new Template.Town(List.of("North", "South"), false));
    new Calm(world).settle();
    alice = world.person("Alice");
    bob = world.person("Bob");
    north = world.nodes().getFirst();
    south = world.nodes().getLast();
    world.network().part("Alice", south);
    world.network().part("Bob", north);
    world.pass(Duration.ofMinutes(5));
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void lettersAndReceiptsPassFromNodeToNode() {
    alice.writes(bob, "by two hands");
    bob.writes(alice, "and back");
    world.pass(Duration.ofMinutes(1));
    world.pass(Duration.ofMinutes(1));

    assertThat(states()).containsOnly(MessageView.State.DELIVERED, MessageView.State.RECEIVED);
  }

  @Test
  void theyWaitWhileTheNodesAreParted() {
    world.network().part(north, south);
    alice.writes(bob, "patience");
    world.pass(Duration.ofMinutes(10));
    world.pass(Duration.ofMinutes(1));
    List<MessageView.State> meanwhile = states();

    world.network().join(north, south);
    world.pass(Duration.ofMinutes(10));

    assertThat(meanwhile).containsExactly(MessageView.State.SENDING);
    assertThat(states()).containsExactly(MessageView.State.DELIVERED);
  }

  @Test
  void whoAllowsItGoesStraightToTheReadersNodeInstead() {
    world.network().join("Alice", south);
    world.network().part(north, south);
    alice.choosesWays(List.of("federated", "relay"));
    alice.writes(bob, "straight");
    world.pass(Duration.ofMinutes(5));

    assertThat(messages(bob, alice)).extracting(MessageView::text).containsExactly("straight");
  }

  private List<MessageView.State> states() {
    return messages(alice, bob).stream().map(MessageView::state).toList();
  }

  private static List<MessageView> messages(Person person, Person other) {
    return person.sees(
        messenger ->
            Person.messages(messenger, Person.conversation(messenger, other).orElseThrow()));
  }
}
