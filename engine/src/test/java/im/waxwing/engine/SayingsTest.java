package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.FormerText;
import im.waxwing.api.MessagePage;
import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import im.waxwing.api.SearchHit;
import im.waxwing.crypto.Identity;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people say beside plain messages, and how they keep their conversations.
class SayingsTest {
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
  void aReplyShowsTheBeginningOfWhatItAnswers() throws ProblemException {
    MessageView question = alice.writes(bob, "\u00e4".repeat(300));
    village.settle();
    bob.answers(alice, question, "Yes");
    village.settle();

    assertThat(last(alice, bob).replyTo())
        .contains(new Quote(question.id(), true, "\u00e4".repeat(160)));
    assertThat(last(bob, alice).replyTo())
        .contains(new Quote(question.id(), false, "\u00e4".repeat(160)));
  }

  @Test
  void eachHasOneReactionAtAMessageAndMayTakeItBack() throws ProblemException {
    MessageView message = alice.writes(bob, "Cake?");
    village.settle();
    react(bob, alice, message, "\uD83D\uDC4D");
    react(alice, bob, message, "\uD83D\uDC4D");
    village.settle();
    List<ReactionView> both = last(alice, bob).reactions();
    react(bob, alice, message, "\u2764");
    village.settle();
    List<ReactionView> changed = last(alice, bob).reactions();
    react(bob, alice, message, null);
    village.settle();

    assertThat(both).containsExactly(new ReactionView("\uD83D\uDC4D", 2, true));
    assertThat(changed)
        .containsExactly(
            new ReactionView("\uD83D\uDC4D", 1, true), new ReactionView("\u2764", 1, false));
    assertThat(last(alice, bob).reactions())
        .containsExactly(new ReactionView("\uD83D\uDC4D", 1, true));
    assertThat(last(bob, alice).reactions())
        .containsExactly(new ReactionView("\uD83D\uDC4D", 1, false));
  }

  @Test
  void anEditShowsForBothAndItsHistoryStays() throws ProblemException {
    MessageView message = alice.writes(bob, "At noon");
    village.settle();
    alice.engine.edit(message.conversation(), message.id(), "At one");
    alice.engine.edit(message.conversation(), message.id(), "At two");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("At two");
    assertThat(last(bob, alice).editedAt()).isPresent();
    assertThat(bob.engine.history(message.conversation(), message.id()))
        .extracting(FormerText::text)
        .containsExactly("At noon", "At one");
    assertThat(alice.engine.history(message.conversation(), message.id()))
        .isEqualTo(bob.engine.history(message.conversation(), message.id()));
  }

  @Test
  void onlyTheWriterEditsAndUnsends() throws ProblemException {
    MessageView message = alice.writes(bob, "mine");
    village.settle();

    assertProblem(
        () -> bob.engine.edit(message.conversation(), message.id(), "yours"),
        ProblemKind.MESSAGE_NOT_YOURS);
    assertProblem(
        () -> bob.engine.unsend(message.conversation(), message.id()),
        ProblemKind.MESSAGE_NOT_YOURS);
  }

  @Test
  void anUnsentMessageLeavesNothingButItsPlace() throws ProblemException {
    MessageView message = alice.writes(bob, "secret");
    village.settle();
    MessageView answer = bob.answers(alice, message, "what?");
    react(bob, alice, message, "\u2764");
    alice.engine.edit(message.conversation(), message.id(), "secret!");
    bob.engine.pin(message.conversation(), message.id(), true);
    village.settle();
    bob.events.clear();
    alice.engine.unsend(message.conversation(), message.id());
    village.settle();

    for (List<MessageView> seen : List.of(alice.with(bob), bob.with(alice))) {
      assertThat(seen).extracting(MessageView::unsent).containsExactly(true, false);
      assertThat(seen.getFirst().text()).isEmpty();
      assertThat(seen.getFirst().reactions()).isEmpty();
      assertThat(seen.getFirst().editedAt()).isEmpty();
      assertThat(seen.getLast().replyTo().map(Quote::text)).contains("");
    }
    assertThat(bob.engine.history(message.conversation(), message.id())).isEmpty();
    assertThat(conversation(bob).pinned()).isEmpty();
    assertThat(bob.events)
        .anyMatch(
            event ->
                event instanceof Event.MessageChanged(MessageView changed)
                    && changed.id().equals(answer.id()));
    assertProblem(() -> react(bob, alice, message, "\uD83D\uDC4D"), ProblemKind.MESSAGE_UNKNOWN);
  }

  @Test
  void anUnreadMessageThatIsUnsentIsUnreadNoMore() throws ProblemException {
    MessageView message = alice.writes(bob, "oh");
    village.settle();
    int before = conversation(bob).unread();
    alice.engine.unsend(message.conversation(), message.id());
    village.settle();

    assertThat(before).isEqualTo(1);
    assertThat(conversation(bob).unread()).isZero();
  }

  @Test
  void whatIsWrittenAndChangedWhileTheOtherIsAwayArrivesAsItIsNow() throws ProblemException {
    bob.setOnline(false);
    MessageView one = alice.writes(bob, "one");
    MessageView two = alice.writes(bob, "two");
    alice.engine.edit(one.conversation(), one.id(), "won");
    alice.engine.unsend(two.conversation(), two.id());
    alice.crash();
    village.settle();
    bob.setOnline(true);
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("won", "");
    assertThat(last(bob, alice).unsent()).isTrue();
  }

  @Test
  void allDevicesOfBothShowTheSameChanges() throws ProblemException {
    Someone pocket = village.newcomer("Alice", "Alice's second device");
    alice.engine.admit(pocket.engine.join(alice.engine.provision(new DeviceId(2))));
    village.settle();
    MessageView one = alice.writes(bob, "one");
    village.settle();
    MessageView two = bob.writes(alice, "two");
    village.settle();
    pocket.setOnline(false);
    react(alice, bob, two, "\u2764");
    react(pocket, bob, two, "\uD83D\uDC4D");
    alice.engine.edit(one.conversation(), one.id(), "from the desk");
    pocket.engine.edit(one.conversation(), one.id(), "from the pocket");
    pocket.engine.setTimer(one.conversation(), Duration.ofHours(2));
    alice.engine.setTimer(one.conversation(), Duration.ofHours(1));
    village.settle();
    pocket.setOnline(true);
    village.settle();

    List<List<MessageView>> seen = List.of(alice.with(bob), pocket.with(bob), bob.with(alice));
    assertThat(seen.stream().map(SayingsTest::texts).distinct()).hasSize(1);
    assertThat(seen.stream().map(all -> all.getLast().reactions().getFirst().emoji()).distinct())
        .hasSize(1);
    assertThat(
            List.of(alice, pocket).stream()
                .map(device -> conversation(device).timerSeconds())
                .distinct())
        .containsExactly(conversation(bob).timerSeconds());
  }

  @Test
  void messagesGoByThemselvesAfterSendingAndAfterReading() throws ProblemException {
    alice.engine.setTimer(alice.contact("Bob").conversation(), Duration.ofHours(1));
    village.settle();
    MessageView message = alice.writes(bob, "burn this");
    village.settle();
    Optional<java.time.Instant> begun = last(alice, bob).expiresAt();
    Optional<java.time.Instant> unread = last(bob, alice).expiresAt();
    village.hours.pass(Duration.ofHours(2));
    List<String> afterSending = alice.textsWith(bob);
    List<String> beforeReading = bob.textsWith(alice);
    bob.readsAll(alice);
    bob.crash();
    village.hours.pass(Duration.ofMinutes(59));
    List<String> justBefore = bob.textsWith(alice);
    bob.events.clear();
    village.hours.pass(Duration.ofMinutes(2));

    assertThat(message.expiresAfterSeconds()).isEqualTo(3_600);
    assertThat(begun).isPresent();
    assertThat(unread).isEmpty();
    assertThat(afterSending).isEmpty();
    assertThat(beforeReading).containsExactly("burn this");
    assertThat(justBefore).containsExactly("burn this");
    assertThat(bob.textsWith(alice)).isEmpty();
    assertThat(bob.events).contains(new Event.MessageDeleted(message.conversation(), message.id()));
  }

  @Test
  void aClockThatIsSetBackBringsNothingBackAndDelaysByOneLifeAtMost() throws ProblemException {
    alice.engine.setTimer(alice.contact("Bob").conversation(), Duration.ofHours(1));
    village.settle();
    alice.writes(bob, "first");
    village.settle();
    bob.readsAll(alice);
    village.hours.pass(Duration.ofHours(2));
    alice.writes(bob, "second");
    village.settle();
    bob.readsAll(alice);
    bob.setClockError(Duration.ofDays(-3));
    bob.crash();
    village.hours.pass(Duration.ofMinutes(90));

    assertThat(bob.textsWith(alice)).isEmpty();
  }

  @Test
  void writingIsShownForAMomentAndLeavesNoTrace() throws ProblemException {
    String conversation = alice.contact("Bob").conversation();
    bob.events.clear();
    alice.engine.typing(conversation);
    alice.engine.typing(conversation);
    village.settle();

    assertThat(bob.events).singleElement().isInstanceOf(Event.Typing.class);
    assertThat(village.node.envelopes()).isZero();
    assertThat(alice.engine.status().waitingLetters()).isZero();
  }

  @Test
  void writingIsNotToldByOrToThoseWhoDoNotWish() throws ProblemException {
    String conversation = alice.contact("Bob").conversation();
    bob.engine.setSettings(false, true);
    bob.events.clear();
    alice.events.clear();
    alice.engine.typing(conversation);
    bob.engine.typing(conversation);
    village.settle();

    assertThat(bob.events).isEmpty();
    assertThat(alice.events).isEmpty();
  }

  @Test
  void oldNewsOfWritingIsDropped() throws ProblemException {
    bob.setOnline(false);
    alice.engine.typing(alice.contact("Bob").conversation());
    village.settle();
    bob.events.clear();
    bob.setOnline(true);
    village.settle();

    assertThat(bob.events).noneMatch(event -> event instanceof Event.Typing);
    assertThat(village.node.envelopes()).isZero();
  }

  @Test
  void readMarksThatAreSwitchedOffAreNeitherToldNorShown() throws ProblemException {
    bob.engine.setSettings(true, false);
    alice.writes(bob, "seen?");
    bob.writes(alice, "and this?");
    village.settle();
    bob.readsAll(alice);
    alice.readsAll(bob);
    village.settle();

    assertThat(alice.with(bob))
        .filteredOn(MessageView::mine)
        .extracting(MessageView::state)
        .containsExactly(MessageView.State.DELIVERED);
    assertThat(bob.with(alice))
        .filteredOn(MessageView::mine)
        .extracting(MessageView::state)
        .containsExactly(MessageView.State.DELIVERED);
    assertThat(conversation(bob).unread()).isZero();
  }

  @Test
  void aConversationIsKeptAsThePersonLikes() throws ProblemException {
    String id = bob.contact("Alice").conversation();
    alice.writes(bob, "one");
    village.settle();
    bob.engine.setMuted(id, true);
    bob.engine.setOnTop(id, true);
    bob.engine.setDraft(id, "half a thou");
    bob.engine.markUnread(id);
    bob.engine.pin(id, last(bob, alice).id(), true);
    bob.engine.setNickname(id, Optional.of("Al"));
    bob.crash();
    ConversationView kept = conversation(bob);

    assertThat(kept.name()).isEqualTo("Al");
    assertThat(bob.contact("Al").ownName()).isEqualTo("Alice");
    assertThat(kept.muted()).isTrue();
    assertThat(kept.onTop()).isTrue();
    assertThat(kept.draft()).isEqualTo("half a thou");
    assertThat(kept.markedUnread()).isTrue();
    assertThat(kept.pinned()).extracting(Quote::text).containsExactly("one");
    assertThat(bob.engine.markRead(id, kept.last().orElseThrow().id()).markedUnread()).isFalse();
  }

  @Test
  void aNewMessageBringsAnArchivedConversationBackUnlessItIsMuted() throws ProblemException {
    String id = bob.contact("Alice").conversation();
    bob.engine.setArchived(id, true);
    alice.writes(bob, "one");
    village.settle();
    boolean back = !conversation(bob).archived();
    bob.engine.setArchived(id, true);
    bob.engine.setMuted(id, true);
    alice.writes(bob, "two");
    village.settle();

    assertThat(back).isTrue();
    assertThat(conversation(bob).archived()).isTrue();
  }

  @Test
  void aDraftThatIsSentIsGone() throws ProblemException {
    String id = alice.contact("Bob").conversation();
    alice.engine.setDraft(id, "Hello");
    alice.writes(bob, "Hello");

    assertThat(conversation(alice).draft()).isEmpty();
  }

  @Test
  void pagesGoBothWaysFromAMessage() throws ProblemException {
    List<MessageView> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(alice.writes(bob, "message " + i));
      village.hours.pass(Duration.ofSeconds(1));
    }
    String id = all.getFirst().conversation();
    MessagePage around = alice.engine.messagesAround(id, all.get(4).id(), 3);
    MessagePage behind = alice.engine.messagesAfter(id, all.get(5).id(), 2);
    MessagePage end = alice.engine.messagesAfter(id, all.get(7).id(), 2);

    assertThat(texts(around.messages())).containsExactly("message 3", "message 4", "message 5");
    assertThat(around.more()).isTrue();
    assertThat(around.newer()).isTrue();
    assertThat(texts(behind.messages())).containsExactly("message 6", "message 7");
    assertThat(behind.newer()).isTrue();
    assertThat(texts(end.messages())).containsExactly("message 8");
    assertThat(end.newer()).isFalse();
  }

  @Test
  void messagesAreFoundByTheBeginningsOfTheirWords() throws ProblemException {
    alice.writes(bob, "Come to the orchard\nat noon");
    MessageView other = alice.writes(bob, "No, to the mill");
    village.settle();
    bob.engine.search("MILL", Optional.empty(), 10);
    SearchHit hit = bob.engine.search("orch no", Optional.empty(), 10).getFirst();
    alice.engine.edit(other.conversation(), other.id(), "No, to the barn");
    village.settle();

    assertThat(hit.message().text()).isEqualTo("Come to the orchard\nat noon");
    assertThat(hit.snippet()).isEqualTo("Come to the orchard at noon");
    assertThat(hit.marks())
        .extracting(mark -> hit.snippet().substring(mark.start(), mark.end()))
        .containsExactly("orchard", "noon");
    assertThat(bob.engine.search("mill", Optional.empty(), 10)).isEmpty();
    assertThat(bob.engine.search("barn", Optional.of(other.conversation()), 10)).hasSize(1);
  }

  @Test
  void lettersOfABlockedContactAreDroppedWithoutAWord() throws ProblemException {
    String id = bob.contact("Alice").conversation();
    bob.engine.block(id, true);
    alice.writes(bob, "Hello?");
    village.settle();
    List<MessageView.State> blocked = alice.statesWith(bob);
    List<String> dropped = bob.textsWith(alice);
    int held = village.node.envelopes();

    assertThat(blocked).containsExactly(MessageView.State.SENT);
    assertThat(dropped).isEmpty();
    assertThat(held).isZero();
    assertProblem(() -> bob.writes(alice, "no"), ProblemKind.CONTACT_BLOCKED);

    bob.engine.block(id, false);
    alice.writes(bob, "Better now?");
    village.settle();
    bob.writes(alice, "Yes");
    village.settle();

    assertThat(bob.textsWith(alice)).containsExactly("Better now?", "Yes");
    assertThat(alice.textsWith(bob)).containsExactly("Hello?", "Better now?", "Yes");
  }

  @Test
  void whoIsBlockedIsNotToldOfTheNewMailboxUntilUnblocked() throws ProblemException {
    Someone carol = village.person("Carol");
    village.introduce(bob, carol);
    MailboxKey before = mailbox(bob);
    bob.engine.block(bob.contact("Alice").conversation(), true);
    village.settle();
    MailboxKey after = mailbox(bob);
    MailboxKey blocked = knownMailbox(alice, bob);
    MailboxKey others = knownMailbox(carol, bob);
    bob.engine.block(bob.contact("Alice").conversation(), false);
    village.settle();

    assertThat(after).isNotEqualTo(before);
    assertThat(blocked).isEqualTo(before);
    assertThat(others).isEqualTo(after);
    assertThat(knownMailbox(alice, bob)).isEqualTo(after);
    assertThat(bob.engine.status().formerHomes()).isEmpty();
  }

  @Test
  void aNewMailboxAfterABlockIsMadeAsSoonAsTheNodeAnswers() throws ProblemException {
    MailboxKey before = mailbox(bob);
    bob.setOnline(false);
    bob.engine.block(bob.contact("Alice").conversation(), true);
    village.settle();
    bob.crash();
    MailboxKey meanwhile = mailbox(bob);
    bob.setOnline(true);
    village.hours.pass(Duration.ofMinutes(15));

    assertThat(meanwhile).isEqualTo(before);
    assertThat(mailbox(bob)).isNotEqualTo(before);
  }

  private static MailboxKey mailbox(Someone who) {
    return who.store.inTransaction(
        transaction ->
            transaction.tables().mailboxes().homes().getFirst().mailbox().target().key());
  }

  private static MailboxKey knownMailbox(Someone who, Someone other) {
    AccountId account =
        other.store.inTransaction(
            transaction ->
                Identity.restore(transaction.tables().account().find().orElseThrow().identity())
                    .account());
    return who.store.inTransaction(
        transaction ->
            transaction.tables().peers().of(account).getFirst().targets().getFirst().key());
  }

  private static List<String> texts(List<MessageView> messages) {
    return messages.stream().map(MessageView::text).toList();
  }

  private static MessageView last(Someone who, Someone other) {
    return who.with(other).getLast();
  }

  private static ConversationView conversation(Someone who) {
    try {
      return who.engine.conversations().getFirst();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  private static void react(
      Someone who,
      Someone other,
      MessageView message,
      @org.jspecify.annotations.Nullable String emoji)
      throws ProblemException {
    who.engine.react(
        who.contact(other.name()).conversation(), message.id(), Optional.ofNullable(emoji));
  }

  private interface Act {
    void run() throws ProblemException;
  }

  private static void assertProblem(Act act, ProblemKind kind) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
  }
}
