package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.Event;
import im.waxwing.api.MessageView.State;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.TravelView;
import im.waxwing.api.TravelView.Hand;
import im.waxwing.api.TravelView.Whose;
import im.waxwing.base.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alice lives at one node, Bob at another.
class WaysTest {
  private static final List<String> BOTH = List.of("federated", "relay");

  @TempDir Path folder;
  private Village village;
  private MemoryNode here;
  private MemoryNode there;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void contacts() throws ProblemException {
    village = new Village(folder);
    here = village.net.add("here.example");
    there = village.net.add("there.example");
    alice = village.person("Alice", here);
    bob = village.person("Bob", there);
    village.introduce(alice, bob);
    village.net.deposited.clear();
  }

  @AfterEach
  void end() {
    village.close();
  }

  private TravelView travel(Someone writer) {
    try {
      return writer.engine.conversations().getFirst().travel();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  private TravelView.Way way(Someone writer, String network) {
    return travel(writer).ways().stream()
        .filter(way -> way.network().equals(network))
        .findFirst()
        .orElseThrow();
  }

  private List<String> pathsTo(MemoryNode node) {
    return village.net.deposited.stream()
        .map(MemoryNet.Deposited::path)
        .filter(path -> path.end().orElseThrow().equals(node.address.node()))
        .map(path -> path.hands() == 1 ? "relay" : "federated")
        .distinct()
        .toList();
  }

  @Test
  void lettersGoByTheWritersNodeToTheReaders() throws ProblemException {
    alice.writes(bob, "Hello there");
    village.settle();
    bob.writes(alice, "Hello here");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("Hello there", "Hello here");
    assertThat(alice.statesWith(bob)).containsExactly(State.DELIVERED, State.RECEIVED);
    assertThat(village.net.deposited)
        .extracting(MemoryNet.Deposited::path)
        .contains(im.waxwing.model.Path.through(here.address.node(), there.address.node()))
        .allMatch(path -> path.hands() == 2);
    assertThat(travel(alice).network()).isEqualTo("federated");
    assertThat(travel(alice).hands())
        .containsExactly(
            new Hand(Optional.of("here.example"), Whose.MINE),
            new Hand(Optional.of("there.example"), Whose.THEIRS));
    assertThat(way(alice, "relay").allowed()).isFalse();
  }

  @Test
  void aGuestAsksTheHostsNodeByItsOwn() throws ProblemException {
    MemoryNode third = village.net.add("third.example");
    Someone carol = village.person("Carol", third);

    carol.engine.accept(alice.invites().link());
    village.settle();

    assertThat(carol.knows("Alice")).isTrue();
    assertThat(pathsTo(here)).containsExactly("federated");
  }

  @Test
  void whileTheOwnNodeIsDownLettersWaitAndTheViewSaysSo() throws ProblemException {
    here.setDown(true);
    alice.writes(bob, "patience");
    village.hours.pass(Duration.ofMinutes(10));
    TravelView.Way meanwhile = way(alice, "federated");
    List<State> states = alice.statesWith(bob);

    here.setDown(false);
    village.settle();

    assertThat(states).containsExactly(State.SENDING);
    assertThat(meanwhile.state()).isEqualTo(TravelView.State.UNREACHABLE);
    assertThat(meanwhile.missing()).contains("here.example");
    assertThat(way(alice, "federated").state()).isEqualTo(TravelView.State.USABLE);
    assertThat(bob.textsWith(alice)).containsExactly("patience");
    assertThat(pathsTo(there)).containsExactly("federated");
  }

  @Test
  void theReadersNodeIsNamedWhenItIsTheOneMissing() throws ProblemException {
    there.setDown(true);
    alice.writes(bob, "patience");
    village.settle();

    assertThat(way(alice, "federated").state()).isEqualTo(TravelView.State.UNREACHABLE);
    assertThat(way(alice, "federated").missing()).contains("there.example");
    assertThat(way(alice, "relay").missing()).isEmpty();
  }

  @Test
  void anotherAllowedWayIsTakenAtOnceAndTheFirstOneAgainLater() throws ProblemException {
    alice.engine.setWays(BOTH);
    here.setDown(true);
    village.hours.pass(Duration.ofSeconds(1));
    alice.events.clear();

    alice.writes(bob, "by the other way");
    village.hours.pass(Duration.ofSeconds(1));
    List<String> arrived = bob.textsWith(alice);
    TravelView meanwhile = travel(alice);
    here.setDown(false);
    village.settle();
    alice.writes(bob, "by the first way again");
    village.hours.pass(Duration.ofSeconds(1));

    assertThat(arrived).containsExactly("by the other way");
    assertThat(meanwhile.network()).isEqualTo("relay");
    assertThat(meanwhile.hands())
        .containsExactly(new Hand(Optional.of("there.example"), Whose.THEIRS));
    assertThat(travel(alice).network()).isEqualTo("federated");
    assertThat(bob.textsWith(alice)).containsExactly("by the other way", "by the first way again");
    assertThat(village.net.deposited.getLast().path().hands()).isEqualTo(2);
  }

  @Test
  void lettersThatFailUnderWayGoByTheOtherWayWithoutAPause() throws ProblemException {
    alice.engine.setWays(BOTH);
    alice.writes(bob, "under way");
    village.hours.pass(Duration.ofMillis(2));
    here.setDown(true);
    village.hours.pass(Duration.ofMillis(100));

    assertThat(bob.textsWith(alice)).containsExactly("under way");
    assertThat(pathsTo(there)).containsExactly("relay");
  }

  @Test
  void theChangeOfTheWayIsTold() throws ProblemException {
    alice.engine.setWays(BOTH);
    village.settle();
    alice.events.clear();

    here.setDown(true);
    village.hours.pass(Duration.ofSeconds(1));
    here.setDown(false);
    village.hours.pass(Duration.ofSeconds(1));

    List<String> told = new ArrayList<>();
    for (Event event : alice.events) {
      if (event instanceof Event.ConversationChanged(var conversation)) {
        told.add(conversation.travel().network());
      }
    }
    assertThat(told).containsExactly("relay", "federated");
  }

  @Test
  void anOperatorWhoSaysNoIsToldApartFromANodeThatIsMissing() throws ProblemException {
    there.refuse(here, true);
    alice.writes(bob, "will it pass?");
    village.settle();
    TravelView.Way refused = way(alice, "federated");

    alice.engine.setConversationWays(alice.contact("Bob").conversation(), Optional.of(BOTH));
    village.settle();

    assertThat(refused.state()).isEqualTo(TravelView.State.NOT_ALLOWED);
    assertThat(refused.missing()).isEmpty();
    assertThat(bob.textsWith(alice)).containsExactly("will it pass?");
    assertThat(travel(alice).network()).isEqualTo("relay");
    assertThat(travel(alice).chosenHere()).isTrue();
  }

  @Test
  void aLetterWaitsWhileItsOwnNodePassesNothingOn() throws ProblemException {
    here.passesOn = false;
    alice.writes(bob, "patience");
    village.settle();
    assertThat(bob.textsWith(alice)).isEmpty();
    assertThat(way(alice, "federated").state()).isEqualTo(TravelView.State.NOT_ALLOWED);

    here.passesOn = true;
    village.hours.pass(Duration.ofMinutes(6));

    assertThat(bob.textsWith(alice)).containsExactly("patience");
  }

  @Test
  void aPairThatOperatorsBlockedFindsItsWayOnceTheyLetItThrough() throws ProblemException {
    there.refuse(here, true);
    alice.writes(bob, "will it pass?");
    village.settle();
    there.refuse(here, false);
    village.hours.pass(Duration.ofMinutes(6));

    assertThat(bob.textsWith(alice)).containsExactly("will it pass?");
    assertThat(way(alice, "federated").state()).isEqualTo(TravelView.State.USABLE);
  }

  @Test
  void noLetterWaitsWhileAWayThatWasLeftIsTriedAgain() throws ProblemException {
    alice.engine.setWays(BOTH);
    there.refuse(here, true);
    List<String> written = new ArrayList<>();
    for (int minute = 0; minute < 30; minute++) {
      if (minute == 20) {
        there.refuse(here, false);
      }
      written.add("minute " + minute);
      alice.writes(bob, "minute " + minute);
      village.hours.pass(Duration.ofMillis(20));
      assertThat(bob.textsWith(alice)).isEqualTo(written);
      village.hours.pass(Duration.ofMinutes(1));
    }

    assertThat(travel(alice).network()).isEqualTo("federated");
    assertThat(village.net.deposited.getLast().path().hands()).isEqualTo(2);
  }

  @Test
  void theChoiceOfAConversationOutlivesARestartAndCanBeTakenBack() throws ProblemException {
    String conversation = alice.contact("Bob").conversation();
    alice.engine.setConversationWays(conversation, Optional.of(List.of("relay")));
    alice.crash();
    alice.writes(bob, "straight");
    village.settle();
    List<String> straight = pathsTo(there);
    village.net.deposited.clear();

    alice.engine.setConversationWays(conversation, Optional.empty());
    alice.writes(bob, "by default");
    village.settle();

    assertThat(straight).containsExactly("relay");
    assertThat(pathsTo(there)).containsExactly("federated");
    assertThat(alice.engine.ways()).containsExactly("federated", "onion");
  }

  @Test
  void whatIsNoWayIsRefused() {
    for (List<String> wrong :
        List.of(List.<String>of(), List.of("teleport"), List.of("relay", "relay"))) {
      assertThatThrownBy(() -> alice.engine.setWays(wrong))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.WAYS_INVALID));
    }
  }

  @Test
  void twoWhoLiveTogetherShareOneHandWhicheverWayIsAllowed() throws ProblemException {
    Someone carol = village.person("Carol", here);
    village.introduce(carol, alice);
    for (List<String> allowed : List.of(List.of("federated"), List.of("relay"), BOTH)) {
      carol.engine.setWays(allowed);

      assertThat(travel(carol).network()).isEqualTo("relay");
      assertThat(travel(carol).hands())
          .containsExactly(new Hand(Optional.of("here.example"), Whose.OURS));
      assertThat(way(carol, "federated").state()).isEqualTo(TravelView.State.NOT_POSSIBLE);
    }
  }

  @Test
  void whatGoesByTwoWaysHasNothingInCommon() throws ProblemException {
    alice.writes(bob, "the same letter");
    // It has arrived, but the power goes before Alice learns that, and then her node goes.
    village.hours.pass(Duration.ofMillis(6));
    here.setDown(true);
    alice.crash();
    alice.engine.setWays(List.of("relay"));
    village.settle();

    assertThat(pathsTo(there)).containsExactlyInAnyOrder("federated", "relay");
    Set<ByteString> runs = new HashSet<>();
    for (MemoryNet.Deposited one : village.net.deposited) {
      Set<ByteString> own = new HashSet<>(runsOf(one.deposit().id().bytes()));
      own.addAll(runsOf(one.deposit().envelope().bytes()));
      assertThat(runs).doesNotContainAnyElementsOf(own);
      runs.addAll(own);
    }
    assertThat(bob.textsWith(alice)).containsExactly("the same letter");
  }

  /// Every eight bytes that follow each other.
  private static List<ByteString> runsOf(ByteString bytes) {
    return IntStream.rangeClosed(0, bytes.size() - 8)
        .mapToObj(from -> bytes.slice(from, from + 8))
        .toList();
  }

  @Test
  void fiveHundredLettersComeOnceAndInOrderWhileTheWaysFlap() throws ProblemException {
    alice.engine.setWays(BOTH);
    bob.engine.setWays(BOTH);
    Random chance = new Random(7);
    List<String> fromAlice = new ArrayList<>();
    List<String> fromBob = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      flap(chance);
      alice.writes(bob, "a" + i);
      fromAlice.add("a" + i);
      village.hours.pass(Duration.ofMillis(chance.nextInt(400)));
      flap(chance);
      bob.writes(alice, "b" + i);
      fromBob.add("b" + i);
      village.hours.pass(Duration.ofMillis(chance.nextInt(400)));
    }
    here.setDown(false);
    there.setDown(false);
    there.refuse(here, false);
    alice.carrier.cutOff(there, false);
    bob.carrier.cutOff(here, false);
    village.hours.pass(Duration.ofMinutes(10));

    List<String> all = bob.textsWith(alice);
    assertThat(all).hasSize(500).isEqualTo(alice.textsWith(bob));
    assertThat(all.stream().filter(text -> text.startsWith("a"))).isEqualTo(fromAlice);
    assertThat(all.stream().filter(text -> text.startsWith("b"))).isEqualTo(fromBob);
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED, State.RECEIVED);
    assertThat(pathsTo(there)).containsExactlyInAnyOrder("federated", "relay");
  }

  private void flap(Random chance) {
    switch (chance.nextInt(12)) {
      case 0 -> here.setDown(!here.isDown());
      case 1 -> there.setDown(!there.isDown());
      case 2 -> there.refuse(here, chance.nextBoolean());
      case 3 -> alice.carrier.cutOff(there, chance.nextBoolean());
      case 4 -> bob.carrier.cutOff(here, chance.nextBoolean());
      default -> {}
    }
  }
}
