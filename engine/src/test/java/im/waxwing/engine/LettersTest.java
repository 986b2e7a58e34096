package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.MessageView;
import im.waxwing.api.MessageView.State;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.TravelView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LettersTest {
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

  @Test
  void lettersGoBothWaysAndAreAnsweredByReceipts() throws ProblemException {
    alice.writes(bob, "Hello Bob");
    village.settle();
    bob.writes(alice, "Hello Alice");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("Hello Bob", "Hello Alice");
    assertThat(alice.textsWith(bob)).containsExactly("Hello Bob", "Hello Alice");
    assertThat(alice.statesWith(bob)).containsExactly(State.DELIVERED, State.RECEIVED);
    assertThat(village.node.envelopes()).isZero();
  }

  @Test
  void readingIsToldToTheWriter() throws ProblemException {
    alice.writes(bob, "one");
    alice.writes(bob, "two");
    village.settle();
    int before = unread(bob);

    bob.readsAll(alice);
    village.settle();

    assertThat(before).isEqualTo(2);
    assertThat(unread(bob)).isZero();
    assertThat(alice.statesWith(bob)).containsExactly(State.READ, State.READ);
  }

  @Test
  void aMessageGoesThroughItsStatesInOrder() throws ProblemException {
    alice.events.clear();
    MessageView sent = alice.writes(bob, "watch me");
    village.settle();
    bob.readsAll(alice);
    village.settle();

    List<State> states = new ArrayList<>();
    for (Event event : alice.events) {
      if (event instanceof Event.MessageChanged(MessageView message)) {
        states.add(message.state());
      }
    }
    assertThat(sent.state()).isEqualTo(State.SENDING);
    assertThat(states).containsExactly(State.SENDING, State.SENT, State.DELIVERED, State.READ);
  }

  @Test
  void lettersWaitAtTheNodeForAReaderWhoIsAway() throws ProblemException {
    bob.setOnline(false);
    for (int i = 0; i < 100; i++) {
      alice.writes(bob, "letter " + i);
      village.hours.pass(Duration.ofMillis(100));
    }
    village.settle();
    List<State> meanwhile = alice.statesWith(bob);

    bob.setOnline(true);
    village.settle();

    assertThat(meanwhile).containsOnly(State.SENT);
    assertThat(bob.textsWith(alice)).hasSize(100).first().isEqualTo("letter 0");
    assertThat(bob.textsWith(alice)).last().isEqualTo("letter 99");
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED);
  }

  @Test
  void lettersWaitHereForANodeThatIsAway() throws ProblemException {
    alice.setOnline(false);
    for (int i = 0; i < 50; i++) {
      alice.writes(bob, "letter " + i);
    }
    village.hours.pass(Duration.ofHours(2));
    int waiting = alice.engine.status().waitingLetters();

    alice.setOnline(true);
    village.settle();

    assertThat(waiting).isEqualTo(50);
    assertThat(bob.textsWith(alice)).hasSize(50);
    assertThat(alice.statesWith(bob)).containsOnly(State.DELIVERED);
    assertThat(alice.engine.status().waitingLetters()).isZero();
  }

  @Test
  void sendingTheSameIdTwiceSendsOnce() throws ProblemException {
    MessageView first = alice.writes(bob, "once");
    MessageView second =
        alice.engine.send(
            alice.contact("Bob").conversation(), first.id(), "once", Optional.empty());
    village.settle();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(bob.textsWith(alice)).containsExactly("once");
  }

  @Test
  void theLongestTextFitsIntoEightEnvelopesEvenAsTheFirstLetter() throws ProblemException {
    Someone carol = village.person("Carol");
    carol.engine.accept(alice.invites().link());
    String longest = "ö".repeat(alice.engine.limits().maxTextBytes() / 2);

    carol.writes(alice, longest);
    village.settle();

    assertThat(alice.textsWith(carol)).containsExactly(longest);
    assertThat(carol.statesWith(alice)).containsExactly(State.DELIVERED);
  }

  @Test
  void aTextBeyondTheLimitIsRefusedAndNothingIsSent() {
    String tooLong = "x".repeat(alice.engine.limits().maxTextBytes() + 1);

    assertThatThrownBy(() -> alice.writes(bob, tooLong))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.TEXT_TOO_LONG));
    assertThat(alice.textsWith(bob)).isEmpty();
  }

  @Test
  void aDeletedMessageDoesNotComeBack() throws ProblemException {
    MessageView sent = alice.writes(bob, "regret");
    village.settle();

    bob.engine.delete(bob.contact("Alice").conversation(), sent.id());
    bob.crash();
    village.hours.pass(Duration.ofDays(2));

    assertThat(bob.textsWith(alice)).isEmpty();
    assertThat(alice.textsWith(bob)).containsExactly("regret");
  }

  @Test
  void crossingLettersHaveOneOrderOnBothSides() throws ProblemException {
    for (int i = 0; i < 10; i++) {
      alice.writes(bob, "a" + i);
      bob.writes(alice, "b" + i);
      village.hours.pass(Duration.ofMillis(7));
    }
    village.settle();

    assertThat(alice.textsWith(bob)).hasSize(20).isEqualTo(bob.textsWith(alice));
  }

  @Test
  void pagesBeginWithTheNewestAndTellWhetherThereIsMore() throws ProblemException {
    for (int i = 0; i < 5; i++) {
      alice.writes(bob, "m" + i);
    }
    String conversation = alice.contact("Bob").conversation();

    var newest = alice.engine.messages(conversation, Optional.empty(), 2);
    var older =
        alice.engine.messages(conversation, Optional.of(newest.messages().getFirst().id()), 10);

    assertThat(newest.messages()).extracting(MessageView::text).containsExactly("m3", "m4");
    assertThat(newest.more()).isTrue();
    assertThat(older.messages()).extracting(MessageView::text).containsExactly("m0", "m1", "m2");
    assertThat(older.more()).isFalse();
  }

  @Test
  void theConversationShowsByWhoseHandTheLettersGo() throws ProblemException {
    ConversationView conversation = alice.engine.conversations().getFirst();

    assertThat(conversation.travel().network()).isEqualTo("relay");
    assertThat(conversation.travel().chosenHere()).isFalse();
    assertThat(conversation.travel().hands())
        .containsExactly(new TravelView.Hand(Optional.of("node.example"), TravelView.Whose.OURS));
  }

  private static int unread(Someone someone) throws ProblemException {
    return someone.engine.conversations().getFirst().unread();
  }
}
