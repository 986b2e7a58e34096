package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.FormerHomeView;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView.State;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.model.DeviceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alice lives at one node and moves to a third one; Bob lives at a second one.
class MovingHouseTest {
  @TempDir Path folder;
  private Village village;
  private MemoryNode old;
  private MemoryNode there;
  private MemoryNode fresh;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void contacts() throws ProblemException {
    village = new Village(folder);
    old = village.net.add("old.example");
    there = village.net.add("there.example");
    fresh = village.net.add("new.example");
    alice = village.person("Alice", old);
    bob = village.person("Bob", there);
    village.introduce(alice, bob);
  }

  @AfterEach
  void end() {
    village.close();
  }

  private static List<String> hosts(Someone writer) throws ProblemException {
    return writer.engine.conversations().getFirst().travel().hands().stream()
        .map(hand -> hand.host().orElseThrow())
        .toList();
  }

  private void move() throws ProblemException {
    alice.engine.moveHouse(fresh.address.format());
  }

  @Test
  void contactsFollow() throws ProblemException {
    move();
    village.settle();
    old.setDown(true);
    alice.writes(bob, "from the new home");
    bob.writes(alice, "to the new home");
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("from the new home", "to the new home");
    assertThat(bob.textsWith(alice)).isEqualTo(alice.textsWith(bob));
    assertThat(hosts(alice)).containsExactly("new.example", "there.example");
    assertThat(hosts(bob)).containsExactly("there.example", "new.example");
    assertThat(alice.engine.status().node().address().orElseThrow()).startsWith("new.example");
  }

  @Test
  void lettersThatStillGoToTheOldHomeAreReadForThirtyDays() throws ProblemException {
    bob.setOnline(false);
    move();
    village.settle();
    List<FormerHomeView> former = alice.engine.status().formerHomes();
    // Bob's app is cut off from the new node's word, so that he writes to the old address.
    bob.setOnline(true);
    bob.writes(alice, "to the old home");
    village.hours.pass(Duration.ofMillis(12));
    int atTheOld = old.envelopes();
    village.settle();
    village.hours.pass(Duration.ofDays(32));

    assertThat(former).extracting(FormerHomeView::host).containsExactly("old.example");
    assertThat(atTheOld).isPositive();
    assertThat(alice.textsWith(bob)).containsExactly("to the old home");
    assertThat(alice.engine.status().formerHomes()).isEmpty();
  }

  @Test
  void aLetterThatWaitsForTheOldHomeGoesToTheNewOne() throws ProblemException {
    old.setDown(true);
    bob.writes(alice, "where are you?");
    village.settle();
    State meanwhile = bob.statesWith(alice).getFirst();

    move();
    village.settle();

    assertThat(meanwhile).isEqualTo(State.SENDING);
    assertThat(alice.textsWith(bob)).containsExactly("where are you?");
    assertThat(bob.statesWith(alice)).containsExactly(State.DELIVERED);
  }

  @Test
  void anInvitationMadeBeforeStillWorks() throws ProblemException {
    Someone carol = village.person("Carol", there);
    InvitationView invitation = alice.invites();
    move();
    village.settle();

    carol.engine.accept(invitation.link());
    carol.writes(alice, "found you");
    village.settle();
    old.setDown(true);
    alice.writes(carol, "welcome");
    village.settle();

    assertThat(alice.textsWith(carol)).containsExactly("found you", "welcome");
    assertThat(carol.textsWith(alice)).containsExactly("found you", "welcome");
    assertThat(alice.invitation(invitation.id()).state()).isEqualTo(InvitationView.State.USED);
  }

  @Test
  void whatAHostHasNotReadYetIsNotLostByMoving() throws ProblemException {
    Someone carol = village.person("Carol", there);
    InvitationView invitation = alice.invites();
    alice.setOnline(false);
    carol.engine.accept(invitation.link());
    carol.writes(alice, "before you moved");
    village.settle();

    alice.setOnline(true);
    move();
    village.settle();

    assertThat(alice.textsWith(carol)).containsExactly("before you moved");
    assertThat(carol.knows("Alice")).isTrue();
  }

  @Test
  void aGuestMayMoveBeforeTheHostHasAnswered() throws ProblemException {
    Someone carol = village.person("Carol", there);
    InvitationView invitation = carol.invites();
    carol.setOnline(false);
    alice.engine.accept(invitation.link());
    village.settle();
    move();
    village.settle();
    carol.setOnline(true);
    village.settle();
    old.setDown(true);
    carol.writes(alice, "hello guest");
    village.settle();

    assertThat(alice.textsWith(carol)).containsExactly("hello guest");
    assertThat(carol.statesWith(alice)).containsExactly(State.DELIVERED);
  }

  @Test
  void aNodeThatDoesNotAnswerIsNotMovedTo() throws ProblemException {
    fresh.setDown(true);

    assertProblem(this::move, ProblemKind.NODE_UNREACHABLE);
    bob.writes(alice, "still at the old home");
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("still at the old home");
    assertThat(alice.engine.status().node().address().orElseThrow()).startsWith("old.example");
    assertThat(alice.engine.status().formerHomes()).isEmpty();
  }

  @Test
  void aWrongTokenOrAddressIsRefused() {
    String address = fresh.address.node().format();

    assertProblem(
        () -> alice.engine.moveHouse(address + "/" + "B".repeat(21) + "A"),
        ProblemKind.NODE_REFUSED);
    assertProblem(() -> alice.engine.moveHouse(address), ProblemKind.NODE_ADDRESS_INVALID);
  }

  @Test
  void movingToWhereOneLivesChangesNothing() throws ProblemException {
    alice.engine.moveHouse(old.address.format());

    assertThat(alice.engine.status().formerHomes()).isEmpty();
  }

  @Test
  void movingInWithTheReaderLeavesOneHand() throws ProblemException {
    alice.engine.moveHouse(there.address.format());
    village.settle();
    alice.writes(bob, "neighbour");
    bob.writes(alice, "welcome");
    village.settle();

    assertThat(hosts(alice)).containsExactly("there.example");
    assertThat(hosts(bob)).containsExactly("there.example");
    assertThat(bob.textsWith(alice)).containsExactly("neighbour", "welcome");
  }

  @Test
  void theOtherOwnDeviceFollows() throws ProblemException {
    Someone pocket = village.newcomer("Alice", "Alice's second device");
    alice.engine.admit(pocket.engine.join(alice.engine.provision(new DeviceId(2))));
    village.settle();
    move();
    village.settle();
    village.net.deposited.clear();

    pocket.writes(bob, "from the pocket");
    village.settle();
    bob.writes(alice, "to both");
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("from the pocket", "to both");
    assertThat(pocket.textsWith(bob)).containsExactly("from the pocket", "to both");
    // The copy for Alice's desk goes by the pocket's node to the new one.
    assertThat(village.net.deposited)
        .extracting(MemoryNet.Deposited::path)
        .contains(im.waxwing.model.Path.through(old.address.node(), fresh.address.node()));
  }

  @Test
  void twoDevicesThatMoveAtOnceAreBothFound() throws ProblemException {
    Someone pocket = village.newcomer("Alice", "Alice's second device");
    alice.engine.admit(pocket.engine.join(alice.engine.provision(new DeviceId(2))));
    village.settle();
    pocket.setOnline(false);
    move();
    village.settle();
    alice.setOnline(false);
    pocket.setOnline(true);
    pocket.engine.moveHouse(there.address.format());
    alice.setOnline(true);
    village.settle();
    old.setDown(true);

    bob.writes(alice, "to both");
    village.settle();
    pocket.writes(bob, "from the pocket");
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("to both", "from the pocket");
    assertThat(pocket.textsWith(bob)).containsExactly("to both", "from the pocket");
    assertThat(bob.statesWith(alice)).contains(State.DELIVERED);
  }

  /// Both write while Alice moves, and the power goes every few milliseconds.
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41})
  void powerCutsAtEveryStepLoseAndDoubleNothing(int millis) throws ProblemException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      texts.add("a" + i);
      alice.writes(bob, "a" + i);
      texts.add("b" + i);
      bob.writes(alice, "b" + i);
      if (i == 1) {
        village.hours.at(village.hours.now().plusMillis(millis), alice::crash);
        moveUnlessCut();
      }
      village.hours.pass(Duration.ofMillis(millis));
      (i % 2 == 0 ? bob : alice).crash();
    }
    village.settle();
    if (!alice.engine.status().node().address().orElseThrow().startsWith("new.example")) {
      move();
    }
    for (int at = 0, cut = 0; at < 300; at += millis, cut++) {
      village.hours.pass(Duration.ofMillis(millis));
      (cut % 2 == 0 ? alice : bob).crash();
    }
    village.hours.pass(Duration.ofMinutes(1));
    old.setDown(true);
    texts.add("last");
    bob.writes(alice, "last");
    village.hours.pass(Duration.ofMinutes(6));

    assertThat(alice.textsWith(bob)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(bob.textsWith(alice)).isEqualTo(alice.textsWith(bob));
    assertThat(bob.statesWith(alice)).containsOnly(State.DELIVERED, State.RECEIVED);
    assertThat(alice.engine.status().formerHomes()).hasSize(1);
  }

  /// Who is cut off in the middle learns nothing of how it ended.
  private void moveUnlessCut() {
    try {
      move();
    } catch (ProblemException e) {
      assertThat(e.kind()).isEqualTo(ProblemKind.NODE_UNREACHABLE);
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
}
