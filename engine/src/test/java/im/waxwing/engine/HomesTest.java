package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.FormerHomeView;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView.State;
import im.waxwing.api.NetworkView;
import im.waxwing.api.NodeView;
import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.TravelView;
import im.waxwing.api.TravelView.Hand;
import im.waxwing.api.TravelView.Whose;
import im.waxwing.base.ByteString;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.model.NetworkAddress;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Alice lives at one node, Bob at another, and there is an onion network.
class HomesTest {
  @TempDir Path folder;
  private Village village;
  private MemoryNode here;
  private MemoryNode there;
  private MemoryNetwork onion;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void contacts() throws ProblemException {
    village = new Village(folder);
    here = village.net.add("here.example");
    there = village.net.add("there.example");
    onion = village.net.addNetwork("entry.example");
    alice = village.person("Alice", here);
    bob = village.person("Bob", there);
    village.introduce(alice, bob);
  }

  @AfterEach
  void end() {
    village.close();
  }

  private void enter(Someone someone) throws ProblemException {
    someone.engine.enterNetwork(onion.address.format());
    village.settle();
    village.net.deposited.clear();
  }

  private static TravelView travel(Someone writer) throws ProblemException {
    return writer.engine.conversations().getFirst().travel();
  }

  private static TravelView.Way way(Someone writer, String network) throws ProblemException {
    return travel(writer).ways().stream()
        .filter(way -> way.network().equals(network))
        .findFirst()
        .orElseThrow();
  }

  /// The ways by which something was deposited since the last look, other than those between a
  /// person and their own node.
  private List<String> waysGone() {
    List<String> gone =
        village.net.deposited.stream()
            .map(one -> one.path().hands() == 4 ? "onion" : one.path().hands() + " hands")
            .distinct()
            .toList();
    village.net.deposited.clear();
    return gone;
  }

  @Test
  void whoIsReachedByTheNodeIsNotWrittenToByTheNetwork() throws ProblemException {
    enter(bob);
    alice.writes(bob, "as before");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("as before");
    assertThat(waysGone()).containsExactly("2 hands");
    assertThat(travel(alice).network()).isEqualTo("federated");
    assertThat(way(alice, "onion").state()).isEqualTo(TravelView.State.USABLE);
    assertThat(bob.engine.status().network().orElseThrow().state())
        .isEqualTo(NetworkView.State.CONNECTED);
    assertThat(bob.engine.status().node().state()).isEqualTo(NodeView.State.CONNECTED);
    assertThat(bob.engine.status().formerHomes()).isEmpty();
  }

  @Test
  void aPairThatOperatorsBlockFallsBackToTheNetworkByItselfAndReturns() throws ProblemException {
    enter(bob);
    enter(alice);
    there.refuse(here, true);
    alice.writes(bob, "will it pass?");
    bob.writes(alice, "it does");
    village.hours.pass(Duration.ofSeconds(1));
    List<String> meanwhile = waysGone();
    TravelView travel = travel(alice);
    there.refuse(here, false);
    village.hours.pass(Duration.ofMinutes(6));
    alice.writes(bob, "as before?");
    village.hours.pass(Duration.ofMinutes(6));
    waysGone();
    alice.writes(bob, "as before");
    village.settle();

    assertThat(meanwhile).contains("onion");
    assertThat(travel.network()).isEqualTo("onion");
    assertThat(travel.hands())
        .containsExactly(
            new Hand(Optional.of(MemoryNetwork.GUARD), Whose.GUARD),
            new Hand(Optional.empty(), Whose.RELAY),
            new Hand(Optional.empty(), Whose.RELAY),
            new Hand(Optional.empty(), Whose.SWARM));
    assertThat(travel(alice).network()).isEqualTo("federated");
    assertThat(waysGone()).containsExactly("2 hands");
    assertThat(bob.textsWith(alice))
        .containsExactlyInAnyOrder("will it pass?", "it does", "as before?", "as before");
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED, State.RECEIVED);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aDeadNodeIsGoneAroundAndUsedAgain(boolean own) throws ProblemException {
    enter(bob);
    enter(alice);
    MemoryNode dead = own ? here : there;
    dead.setDown(true);
    alice.writes(bob, "around");
    bob.writes(alice, "back");
    village.hours.pass(Duration.ofSeconds(1));
    List<String> meanwhile = new ArrayList<>(alice.textsWith(bob));
    dead.setDown(false);
    village.hours.pass(Duration.ofMinutes(6));
    alice.writes(bob, "found");
    village.hours.pass(Duration.ofMinutes(6));
    waysGone();
    alice.writes(bob, "again");
    village.settle();

    assertThat(meanwhile).containsExactlyInAnyOrder("around", "back");
    assertThat(waysGone()).containsExactly("2 hands");
    assertThat(bob.textsWith(alice)).hasSize(4).isEqualTo(alice.textsWith(bob));
  }

  @Test
  void aWriterNeedsNoMailboxInTheNetwork() throws ProblemException {
    enter(bob);
    there.setDown(true);
    alice.writes(bob, "to the network");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("to the network");
    assertThat(alice.engine.status().network()).isEmpty();
    assertThat(waysGone()).contains("onion");
  }

  @Test
  void whoAllowsTheNodesOnlyWaits() throws ProblemException {
    enter(bob);
    alice.engine.setWays(List.of("federated"));
    there.setDown(true);
    alice.writes(bob, "patience");
    village.settle();
    List<String> meanwhile = waysGone();
    there.setDown(false);
    village.settle();

    assertThat(meanwhile).doesNotContain("onion");
    assertThat(bob.textsWith(alice)).containsExactly("patience");
  }

  @Test
  void movingFromTheNodeIntoTheNetworkAndBackLosesNothing() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());
    NodeView none = bob.engine.status().node();
    village.settle();
    alice.writes(bob, "into the network");
    village.settle();
    TravelView into = travel(alice);
    List<FormerHomeView> former = bob.engine.status().formerHomes();
    bob.engine.moveHouse(there.address.format());
    village.settle();
    waysGone();
    alice.writes(bob, "back at the node");
    village.settle();

    assertThat(none.state()).isEqualTo(NodeView.State.NONE);
    assertThat(none.address()).isEmpty();
    assertThat(into.network()).isEqualTo("onion");
    assertThat(former).extracting(FormerHomeView::host).containsExactly("there.example");
    assertThat(bob.textsWith(alice)).containsExactly("into the network", "back at the node");
    assertThat(waysGone()).containsExactly("2 hands");
    assertThat(bob.engine.status().network()).isEmpty();
    assertThat(bob.engine.status().formerHomes())
        .extracting(FormerHomeView::host)
        .containsExactly("entry.example");
    assertThat(way(alice, "onion").state()).isEqualTo(TravelView.State.NOT_POSSIBLE);
  }

  @Test
  void whoMovedIntoTheNetworkWritesByTheOldNodeWhileThatIsRead() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());
    village.settle();
    bob.writes(alice, "by the old node");
    village.settle();
    List<TravelView.Hand> hands = travel(bob).hands();
    village.hours.pass(Duration.ofDays(32));
    bob.writes(alice, "there is no way");
    village.settle();
    State waiting = bob.statesWith(alice).getLast();
    TravelView.Way federated = way(bob, "federated");

    enter(alice);

    assertThat(hands)
        .containsExactly(
            new Hand(Optional.of("there.example"), Whose.MINE),
            new Hand(Optional.of("here.example"), Whose.THEIRS));
    assertThat(waiting).isEqualTo(State.SENDING);
    assertThat(federated.state()).isEqualTo(TravelView.State.NOT_POSSIBLE);
    assertThat(alice.textsWith(bob)).containsExactly("by the old node", "there is no way");
    assertThat(bob.statesWith(alice)).containsOnly(State.DELIVERED);
  }

  @Test
  void leavingTheNetworkKeepsItsMailboxForThirtyDays() throws ProblemException {
    enter(bob);
    alice.engine.setWays(List.of("onion"));
    alice.writes(bob, "one");
    village.settle();
    alice.setOnline(false);
    bob.engine.leaveNetwork();
    village.settle();
    alice.setOnline(true);
    alice.writes(bob, "still to the network");
    village.hours.pass(Duration.ofMillis(12));
    int atTheNetwork = onion.swarm.envelopes();
    alice.engine.setWays(List.of("federated"));
    village.settle();
    List<FormerHomeView> former = bob.engine.status().formerHomes();
    village.hours.pass(Duration.ofDays(32));

    assertThat(atTheNetwork).isPositive();
    assertThat(former).extracting(FormerHomeView::host).containsExactly("entry.example");
    assertThat(bob.engine.status().network()).isEmpty();
    assertThat(bob.engine.status().formerHomes()).isEmpty();
    assertThat(bob.textsWith(alice)).containsExactly("one", "still to the network");
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED);
  }

  @Test
  void enteringTwiceAndLeavingTwiceChangesNothing() throws ProblemException {
    enter(bob);
    bob.engine.enterNetwork(onion.address.format());
    List<FormerHomeView> entered = bob.engine.status().formerHomes();
    bob.engine.leaveNetwork();
    bob.engine.leaveNetwork();

    assertThat(entered).isEmpty();
    assertThat(bob.engine.status().formerHomes()).hasSize(1);
  }

  @Test
  void whoEntersAnotherNetworkLeavesTheFirstOne() throws ProblemException {
    enter(bob);
    MemoryNetwork other = village.net.addNetwork("other.example");
    bob.engine.enterNetwork(other.address.format());
    village.settle();
    there.setDown(true);
    alice.writes(bob, "in the other network");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("in the other network");
    assertThat(bob.engine.status().network().orElseThrow().address())
        .isEqualTo(other.address.format());
    assertThat(bob.engine.status().formerHomes())
        .extracting(FormerHomeView::host)
        .containsExactly("entry.example");
  }

  @Test
  void theLastHomeCannotBeLeft() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());

    assertProblem(() -> bob.engine.leaveNetwork(), ProblemKind.LAST_HOME);
  }

  @Test
  void aNetworkThatDoesNotAnswerOrIsNoneIsNotEntered() throws ProblemException {
    onion.setDown(true);

    assertProblem(
        () -> bob.engine.enterNetwork(onion.address.format()), ProblemKind.NETWORK_UNREACHABLE);
    assertProblem(
        () -> bob.engine.enterNetwork(there.address.format()), ProblemKind.NETWORK_ADDRESS_INVALID);
    assertProblem(() -> bob.engine.moveHouse("onion:nowhere"), ProblemKind.NETWORK_ADDRESS_INVALID);
    assertThat(bob.engine.status().network()).isEmpty();
  }

  @Test
  void anInvitationMadeInTheNetworkIsTakenByIt() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());
    village.settle();
    Someone carol = village.person("Carol", here);
    InvitationView invitation = bob.invites();
    waysGone();
    assertThat(carol.engine.preview(invitation.link()).nodeHost()).isEqualTo("entry.example");
    carol.engine.accept(invitation.link());
    carol.writes(bob, "hello by the network");
    village.settle();
    carol.engine.enterNetwork(onion.address.format());
    village.settle();
    bob.writes(carol, "welcome");
    village.settle();

    assertThat(invitation.link()).hasSizeLessThanOrEqualTo(InvitationLink.MAX_CHARACTERS);
    assertThat(bob.textsWith(carol)).containsExactly("hello by the network", "welcome");
    assertThat(carol.textsWith(bob)).containsExactly("hello by the network", "welcome");
    assertThat(bob.invitation(invitation.id()).state()).isEqualTo(InvitationView.State.USED);
    assertThat(waysGone()).startsWith("onion");
  }

  @Test
  void theSecondGuestInTheNetworkIsTold() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());
    village.settle();
    Someone carol = village.person("Carol", here);
    InvitationView invitation = bob.invites();
    carol.engine.accept(invitation.link());
    village.settle();
    Someone dave = village.person("Dave", here);

    assertProblem(() -> dave.engine.accept(invitation.link()), ProblemKind.INVITATION_USED);
  }

  @Test
  void aDrawerInTheNetworkLiesThirtyDaysAtMost() throws ProblemException {
    bob.engine.moveHouse(onion.address.format());
    for (int hour = 0; hour < 25; hour++) {
      InvitationView made = bob.engine.invite(Duration.ofDays(30));
      Duration ahead = Duration.between(village.hours.now(), made.expiresAt());

      assertThat(
              InvitationLink.lastDay(made.expiresAt())
                  .since(im.waxwing.model.Day.of(village.hours.now())))
          .isBetween(29L, 30L);
      assertThat(ahead).isGreaterThanOrEqualTo(Duration.ofDays(30));
      village.hours.pass(Duration.ofMinutes(59));
    }
  }

  @Test
  void noWayToAPlaceIsSaidAtOnce() throws ProblemException {
    Someone carol = village.person("Carol", here);
    carol.engine.moveHouse(onion.address.format());
    village.hours.pass(Duration.ofDays(32));
    String link = bob.invites().link();

    assertProblem(() -> carol.engine.preview(link), ProblemKind.NO_WAY);
    carol.engine.setWays(List.of("onion", "relay"));
    assertThat(carol.engine.preview(link).name()).isEqualTo("Bob");
  }

  @Test
  void whatGoesByNodeAndByNetworkHasNothingInCommon() throws ProblemException {
    enter(bob);
    alice.writes(bob, "the same letter");
    // It has arrived, but the power goes before Alice learns that, and then Bob's node goes.
    village.hours.pass(Duration.ofMillis(6));
    there.setDown(true);
    alice.crash();
    village.settle();
    there.setDown(false);
    village.settle();

    Set<Integer> hands = new HashSet<>();
    Set<ByteString> runs = new HashSet<>();
    for (MemoryNet.Deposited one : village.net.deposited) {
      hands.add(one.path().hands());
      Set<ByteString> own = new HashSet<>(runsOf(one.deposit().id().bytes()));
      own.addAll(runsOf(one.deposit().envelope().bytes()));
      own.addAll(runsOf(one.deposit().target().key().bytes()));
      if (one.path().end().orElseThrow().equals(there.address.node()) || one.path().hands() == 4) {
        assertThat(runs).doesNotContainAnyElementsOf(own);
        runs.addAll(own);
      }
    }
    assertThat(hands).contains(2, 4);
    assertThat(bob.textsWith(alice)).containsExactly("the same letter");
  }

  /// Every eight bytes that follow each other.
  private static List<ByteString> runsOf(ByteString bytes) {
    return IntStream.rangeClosed(0, bytes.size() - 8)
        .mapToObj(from -> bytes.slice(from, from + 8))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "STALE, NETWORK_STALE",
    "FORKED, NETWORK_FORKED",
    "UNDER_SIGNED, NETWORK_UNDER_SIGNED",
    "BROKEN_CHAIN, NETWORK_UNDER_SIGNED",
    "TOO_EARLY, CLOCK_WRONG"
  })
  void aNetworkThatIsDistrustedIsToldAndNotUsed(Fault fault, ProblemKind notice)
      throws ProblemException {
    enter(bob);
    enter(alice);
    onion.setFault(fault);
    village.settle();
    there.setDown(true);
    waysGone();
    alice.writes(bob, "patience");
    village.hours.pass(Duration.ofMinutes(20));
    List<String> meanwhile = waysGone();
    List<NoticeView> notices = alice.engine.status().notices();
    NetworkView.State state = alice.engine.status().network().orElseThrow().state();
    onion.setFault(null);
    village.settle();

    assertThat(meanwhile).doesNotContain("onion");
    assertThat(notices).extracting(NoticeView::kind).contains(notice);
    assertThat(state).isEqualTo(NetworkView.State.DISTRUSTED);
    assertThat(bob.textsWith(alice)).containsExactly("patience");
    assertThat(alice.engine.status().notices()).extracting(NoticeView::kind).doesNotContain(notice);
  }

  @Test
  void whatTheCarrierKeepsOfANetworkOutlivesARestart() throws ProblemException {
    enter(bob);
    ByteString kept = ByteString.copyOf(new byte[] {1, 2, 3});
    bob.carrier.memory(onion).keep(kept);
    bob.carrier.remembered.clear();
    bob.crash();
    village.settle();

    assertThat(bob.carrier.remembered).contains(Optional.of(kept));
  }

  /// Both write while Bob moves in and out, and the power goes every few milliseconds.
  @ParameterizedTest
  @ValueSource(ints = {3, 7, 13, 19, 29})
  void powerCutsWhileEnteringAndLeavingLoseAndDoubleNothing(int millis) throws ProblemException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      texts.add("a" + i);
      alice.writes(bob, "a" + i);
      texts.add("b" + i);
      bob.writes(alice, "b" + i);
      village.hours.at(village.hours.now().plusMillis(millis), bob::crash);
      changeUnlessCut(i);
      village.hours.pass(Duration.ofMillis(millis));
      (i % 2 == 0 ? bob : alice).crash();
    }
    village.hours.pass(Duration.ofMinutes(6));
    enter(alice);
    texts.add("last");
    bob.writes(alice, "last");
    village.hours.pass(Duration.ofMinutes(6));

    assertThat(alice.textsWith(bob)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(bob.textsWith(alice)).isEqualTo(alice.textsWith(bob));
    assertThat(bob.statesWith(alice)).containsOnly(State.DELIVERED, State.RECEIVED);
  }

  private void changeUnlessCut(int step) {
    try {
      switch (step % 3) {
        case 0 -> bob.engine.enterNetwork(onion.address.format());
        case 1 -> bob.engine.moveHouse(onion.address.format());
        default -> bob.engine.moveHouse(there.address.format());
      }
    } catch (ProblemException e) {
      assertThat(e.kind()).isIn(ProblemKind.NODE_UNREACHABLE, ProblemKind.NETWORK_UNREACHABLE);
    }
  }

  @Test
  void threeHundredLettersComeOnceAndInOrderWhileNodesAndNetworkFlap() throws ProblemException {
    enter(alice);
    enter(bob);
    Random chance = new Random(11);
    List<String> fromAlice = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      flap(chance);
      alice.writes(bob, "a" + i);
      fromAlice.add("a" + i);
      village.hours.pass(Duration.ofMillis(chance.nextInt(400)));
      flap(chance);
      bob.writes(alice, "b" + i);
      village.hours.pass(Duration.ofMillis(chance.nextInt(400)));
    }
    here.setDown(false);
    there.setDown(false);
    onion.setDown(false);
    onion.setFault(null);
    there.refuse(here, false);
    village.hours.pass(Duration.ofMinutes(10));

    List<String> all = bob.textsWith(alice);
    assertThat(all).hasSize(300).isEqualTo(alice.textsWith(bob));
    assertThat(all.stream().filter(text -> text.startsWith("a"))).isEqualTo(fromAlice);
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED, State.RECEIVED);
    assertThat(waysGone()).contains("2 hands", "onion");
  }

  private void flap(Random chance) {
    switch (chance.nextInt(14)) {
      case 0 -> here.setDown(!here.isDown());
      case 1 -> there.setDown(!there.isDown());
      case 2 -> there.refuse(here, chance.nextBoolean());
      case 3 -> onion.setDown(chance.nextBoolean());
      case 4 -> onion.setFault(chance.nextBoolean() ? Fault.STALE : null);
      default -> {}
    }
  }

  private interface Call {
    void run() throws ProblemException;
  }

  private static void assertProblem(Call call, ProblemKind kind) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
  }

  @Test
  void theOwnNetworkIsNotEnteredWhereAContactSays() throws ProblemException {
    enter(alice);
    NetworkAddress bobs = new NetworkAddress("bobs.example", 7443, onion.address.id());
    bob.engine.enterNetwork(bobs.format());
    village.settle();
    alice.engine.setConversationWays(
        alice.engine.conversations().getFirst().id(), Optional.of(List.of("onion")));
    alice.writes(bob, "By relays");
    village.settle();

    assertThat(bob.with(alice)).isNotEmpty();
    assertThat(bob.carrier.entries).contains("bobs.example");
    assertThat(alice.carrier.entries).containsOnly("entry.example");
  }
}
