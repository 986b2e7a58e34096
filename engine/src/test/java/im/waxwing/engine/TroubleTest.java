package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.Event;
import im.waxwing.api.MessageView;
import im.waxwing.api.MessageView.State;
import im.waxwing.api.NodeView;
import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.crypto.SessionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest {
  private static final long NO_LIMIT = 1L << 40;

  @TempDir Path folder;
  private Village village;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void contacts() throws ProblemException {
    village = new Village(folder);
    alice = village.person("Alice");
    bob = village.person("Bob");
    village.introduce(alice, bob);
  }

  @AfterEach
  void end() {
    village.close();
  }

  private void exchange() throws ProblemException {
    alice.writes(bob, "one");
    village.settle();
    bob.writes(alice, "two");
    village.settle();
  }

  @Test
  void lettersFindTheirWayOnOtherDays() throws ProblemException {
    for (int day = 0; day < 5; day++) {
      alice.writes(bob, "day " + day);
      village.settle();
      bob.writes(alice, "answer " + day);
      village.hours.pass(Duration.ofDays(1));
    }

    assertThat(bob.textsWith(alice)).hasSize(10).isEqualTo(alice.textsWith(bob));
    assertThat(bob.textsWith(alice)).contains("day 4", "answer 4");
  }

  @Test
  void aReaderWhoWasAwayForDaysReadsThemAll() throws ProblemException {
    village.hours.pass(Duration.ofHours(1));
    bob.setOnline(false);
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 30; i++) {
        alice.writes(bob, "day " + day + " letter " + i);
      }
      village.hours.pass(Duration.ofDays(1));
    }

    bob.setOnline(true);
    village.hours.pass(Duration.ofMinutes(10));

    assertThat(bob.textsWith(alice)).hasSize(90).isEqualTo(alice.textsWith(bob));
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED);
  }

  @Test
  void aClockThatIsWrongByADayIsSetRightByTheNodes() throws ProblemException {
    bob.setClockError(Duration.ofDays(-1));
    bob.crash();
    alice.setClockError(Duration.ofDays(2));
    alice.crash();
    village.settle();

    exchange();

    assertThat(bob.textsWith(alice)).containsExactly("one", "two");
    assertThat(alice.statesWith(bob)).containsExactly(State.DELIVERED, State.RECEIVED);
    assertThat(alice.engine.status().notices())
        .extracting(NoticeView::kind)
        .contains(ProblemKind.CLOCK_WRONG);
  }

  @Test
  void aFullNodeIsShownAndLettersWait() throws ProblemException {
    village.node.full = true;
    alice.writes(bob, "patience");
    village.settle();
    List<NoticeView> notices = alice.engine.status().notices();
    List<State> meanwhile = alice.statesWith(bob);

    village.node.full = false;
    village.hours.pass(Duration.ofMinutes(5));

    assertThat(notices).extracting(NoticeView::kind).contains(ProblemKind.NODE_FULL);
    assertThat(meanwhile).containsExactly(State.SENDING);
    assertThat(bob.textsWith(alice)).containsExactly("patience");
    assertThat(alice.engine.status().notices()).isEmpty();
  }

  @Test
  void aNodeThatIsDownIsShown() throws ProblemException {
    alice.setOnline(false);
    village.settle();

    NodeView node = alice.engine.status().node();
    assertThat(node.state()).isEqualTo(NodeView.State.UNREACHABLE);
    assertThat(node.retryAt()).isPresent();
    assertThat(alice.engine.status().notices())
        .extracting(NoticeView::kind)
        .containsExactly(ProblemKind.NODE_UNREACHABLE);
  }

  @Test
  void aNodeThatLostEverythingGetsItsLettersAgain() throws ProblemException {
    exchange();
    bob.setOnline(false);
    alice.writes(bob, "lost at first");
    village.settle();
    village.node.forgetAll();

    bob.setOnline(true);
    village.hours.pass(Duration.ofDays(2));

    assertThat(bob.textsWith(alice)).contains("lost at first").hasSize(3);
    assertThat(alice.statesWith(bob)).doesNotContain(State.SENT);
  }

  @Test
  void envelopesThatWereAlteredAreDroppedAndTheTrueOnesComeLater() throws ProblemException {
    bob.setOnline(false);
    alice.writes(bob, "genuine");
    village.settle();
    village.node.garble();

    bob.setOnline(true);
    village.settle();
    List<String> before = bob.textsWith(alice);
    village.hours.pass(Duration.ofDays(2));

    assertThat(before).isEmpty();
    assertThat(bob.textsWith(alice)).containsExactly("genuine");
  }

  @Test
  void aMessageWhosePredecessorIsMissingIsShownAfterAnHour() throws ProblemException {
    exchange();
    bob.setOnline(false);
    alice.writes(bob, "lost for now");
    village.settle();
    village.node.loseEnvelopes();
    alice.writes(bob, "early");
    bob.setOnline(true);
    village.settle();

    List<String> atFirst = bob.textsWith(alice);
    village.hours.pass(Duration.ofMinutes(61));
    List<String> afterAnHour = bob.textsWith(alice);
    village.hours.pass(Duration.ofDays(2));

    assertThat(atFirst).containsExactly("one", "two");
    assertThat(afterAnHour).containsExactly("one", "two", "early");
    assertThat(bob.textsWith(alice)).containsExactly("one", "two", "lost for now", "early");
    assertThat(bob.engine.conversations().getFirst().unread()).isEqualTo(3);
  }

  @Test
  void whatWasShownTooEarlyMovesBehindWhatItFollows() throws ProblemException {
    exchange();
    bob.setOnline(false);
    alice.setClockError(Duration.ofMinutes(50));
    alice.writes(bob, "lost for now");
    village.settle();
    village.node.loseEnvelopes();
    alice.setClockError(Duration.ZERO);
    alice.writes(bob, "early");
    bob.setOnline(true);
    village.hours.pass(Duration.ofMinutes(62));
    bob.setClockError(Duration.ofMinutes(-50));
    bob.readsAll(alice);
    bob.writes(alice, "answer");
    village.settle();
    List<String> without = bob.textsWith(alice);
    bob.events.clear();

    village.hours.pass(Duration.ofDays(2));

    assertThat(without).containsExactly("one", "two", "early", "answer");
    assertThat(bob.textsWith(alice))
        .containsExactly("one", "two", "lost for now", "early", "answer")
        .isEqualTo(alice.textsWith(bob));
    assertThat(bob.statesWith(alice))
        .containsExactly(State.READ, State.DELIVERED, State.RECEIVED, State.READ, State.DELIVERED);
    assertThat(bob.engine.conversations().getFirst().unread()).isEqualTo(1);
    assertThat(lastOrders(bob)).isEqualTo(orders(bob.with(alice)));
  }

  /// Where the messages stand by the events that told of them.
  private static Map<String, Long> lastOrders(Someone someone) {
    Map<String, Long> orders = new HashMap<>();
    for (Event event : someone.events) {
      if (event instanceof Event.MessageChanged(MessageView message)) {
        orders.put(message.text(), message.order());
      }
    }
    orders.keySet().retainAll(List.of("lost for now", "early", "answer"));
    return orders;
  }

  private static Map<String, Long> orders(List<MessageView> messages) {
    return messages.stream()
        .skip(2)
        .collect(Collectors.toMap(MessageView::text, MessageView::order));
  }

  @Test
  void aLostSessionIsMendedByItselfWhenTheOtherWrites() throws ProblemException {
    exchange();
    loseSessions(bob);

    alice.writes(bob, "can you read this?");
    alice.writes(bob, "and this?");
    village.settle();

    assertThat(bob.textsWith(alice))
        .containsExactly("one", "two", "can you read this?", "and this?");
    assertThat(alice.statesWith(bob)).doesNotContain(State.SENT, State.SENDING);
  }

  @Test
  void aLostSessionIsMendedByItselfWhenOneWritesOneself() throws ProblemException {
    exchange();
    loseSessions(bob);

    bob.writes(alice, "from nothing");
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("one", "two", "from nothing");
    assertThat(bob.statesWith(alice)).last().isEqualTo(State.DELIVERED);
  }

  @Test
  void sessionsLostOnBothSidesAreMended() throws ProblemException {
    exchange();
    loseSessions(alice);
    loseSessions(bob);

    alice.writes(bob, "three");
    bob.writes(alice, "four");
    village.settle();
    village.hours.pass(Duration.ofMinutes(5));

    assertThat(bob.textsWith(alice)).containsExactlyInAnyOrder("one", "two", "three", "four");
    assertThat(alice.textsWith(bob)).isEqualTo(bob.textsWith(alice));
    assertThat(alice.statesWith(bob)).doesNotContain(State.SENT, State.SENDING);
  }

  @Test
  void anotherKindOfProcessorCostsNoLetter() throws ProblemException {
    exchange();
    bob.store.inTransaction(
        transaction -> {
          transaction.putCpuClass("another");
          return true;
        });
    bob.setOnline(false);
    alice.writes(bob, "three");
    village.settle();

    bob.crash();
    bob.setOnline(true);
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("one", "two", "three");
    assertThat(alice.statesWith(bob)).last().isEqualTo(State.DELIVERED);
  }

  @Test
  void aFullDiskLosesNothing() throws ProblemException {
    bob.store.limitSize(1);
    alice.writes(bob, "x".repeat(5_000));
    village.settle();
    List<NoticeView> notices = bob.engine.status().notices();
    int atTheNode = village.node.envelopes();

    bob.store.limitSize(NO_LIMIT);
    village.settle();

    assertThat(notices).extracting(NoticeView::kind).contains(ProblemKind.DISK_FULL);
    assertThat(atTheNode).isPositive();
    assertThat(bob.textsWith(alice)).hasSize(1);
    assertThat(bob.engine.status().notices()).isEmpty();
    assertThat(village.node.envelopes()).isZero();
  }

  @Test
  void aLetterWithoutReceiptFailsAfterThirtyDaysAndCanBeSentAgain() throws ProblemException {
    bob.setOnline(false);
    MessageView sent = alice.writes(bob, "where are you?");
    village.hours.pass(Duration.ofDays(31));
    MessageView failed = alice.with(bob).getFirst();

    alice.engine.retry(alice.contact("Bob").conversation(), sent.id());
    bob.setOnline(true);
    village.hours.pass(Duration.ofMinutes(20));

    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.failure()).contains(ProblemKind.LETTER_EXPIRED);
    assertThat(bob.textsWith(alice)).containsExactly("where are you?");
    assertThat(alice.statesWith(bob)).containsExactly(State.DELIVERED);
  }

  private static void loseSessions(Someone someone) {
    someone.store.inTransaction(
        transaction -> {
          SessionState state = transaction;
          state.sessions().forEach(state::removeSession);
          return true;
        });
  }
}
