package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Sync;
import im.waxwing.content.proto.Text;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ConversationTable.Kept;
import im.waxwing.store.ConversationTable.Mark;
import im.waxwing.store.MessageTable;
import im.waxwing.store.MessageTable.Fate;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.MessageTable.State;
import im.waxwing.store.MessageTable.Words;
import im.waxwing.store.OutboxTable;
import im.waxwing.store.OutboxTable.Out;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people write to each other: sent to every device of both sides, shown in causal order, with
/// how far each message got (delivery.md §8).
final class Conversations {
  private static final String ALARM = "early messages";

  /// No message was sent later.
  private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

  /// So long letters may be on their way that follow dropped ones.
  private static final Duration AFTER_BLOCK = Duration.ofDays(31);

  private static final Duration IMPATIENT = Duration.ofSeconds(3);

  private final Core core;

  Conversations(Core core) {
    this.core = core;
  }

  // --- writing ---

  /// @param replyTo the message it answers
  Message send(Step step, Contact contact, MessageId id, String text, @Nullable MessageId replyTo)
      throws ProblemException {
    Optional<Message> sent = step.tables().messages().find(contact.conversation(), id);
    if (sent.isPresent()) {
      return sent.get();
    }
    List<Peer> readers = core.contacts.readers(step, contact);
    Kept kept = step.tables().conversations().find(contact.conversation());
    Message message =
        write(step, contact.conversation(), id, new Words(text, replyTo, kept.timer()));
    if (kept.draft().strip().equals(text.strip())) {
      step.tables().conversations().putDraft(contact.conversation(), "");
    }
    for (Peer reader : readers) {
      step.tables().messages().putDelivery(contact.conversation(), id, reader.id(), State.SENDING);
      core.outbox.add(step, reader, Purpose.TEXT, id, body(message), null);
    }
    for (Peer own : Contacts.writable(step, core.own().account())) {
      core.outbox.add(step, own, Purpose.OTHER, Content.newBuilder().setSync(sync(message)));
    }
    return message;
  }

  private Message write(Step step, ConversationId conversation, MessageId id, Words words) {
    List<MessageId> heads = step.tables().messages().heads(conversation);
    List<MessageId> parents = heads.subList(0, Math.min(heads.size(), Contents.MAX_PARENTS));
    Instant now = now();
    Message message =
        new Message(
            conversation,
            id,
            core.own().account(),
            true,
            words,
            now,
            parents,
            0,
            now,
            State.SENDING,
            null,
            Fate.OPEN);
    step.tables().messages().add(message);
    show(step, message);
    return message;
  }

  private static Content.Builder body(Message message) {
    Content.Builder content =
        Content.newBuilder()
            .setText(text(message.words()))
            .setSentAt(message.sentAt().toEpochMilli());
    message.parents().forEach(parent -> content.addParents(Contents.theirs(parent.bytes())));
    return content;
  }

  private static Text text(Words words) {
    Text.Builder text =
        Text.newBuilder().setText(words.text()).setExpiresAfter((int) words.life().toSeconds());
    MessageId replyTo = words.replyTo();
    if (replyTo != null) {
      text.setReplyTo(Contents.theirs(replyTo.bytes()));
    }
    return text.build();
  }

  private static Sync sync(Message message) {
    Sync.Builder sync =
        Sync.newBuilder()
            .setConversation(Contents.theirs(message.conversation().bytes()))
            .setMessageId(Contents.theirs(message.id().bytes()))
            .setSentAt(message.sentAt().toEpochMilli())
            .setText(text(message.words()));
    message.parents().forEach(parent -> sync.addParents(Contents.theirs(parent.bytes())));
    return sync.build();
  }

  // --- taking in ---

  /// A message of a contact. One that is known already is not taken in twice.
  void received(Step step, Peer writer, Content content) throws MalformedException {
    AccountId account = writer.address().account();
    Contact contact = Contacts.contact(step, account);
    takeIn(
        step,
        contact.conversation(),
        Contents.messageId(content),
        account,
        words(content.getText()),
        content.getSentAt(),
        Contents.parents(content.getParentsList()));
  }

  /// What was written while its writer was blocked does not come.
  private Duration patience(Step step, AccountId author) {
    boolean gaps =
        step.tables().contacts().wasBlockedUntil(author, core.clockwork.now().minus(AFTER_BLOCK));
    return gaps ? IMPATIENT : core.settings.earlyLimit();
  }

  private static Words words(Text text) throws MalformedException {
    MessageId replyTo = text.hasReplyTo() ? Contents.messageId(text.getReplyTo()) : null;
    return new Words(text.getText(), replyTo, Duration.ofSeconds(text.getExpiresAfter()));
  }

  /// What another device of this account has written.
  void synced(Step step, Peer peer, Sync sync) throws MalformedException {
    if (!core.own().isOwn(peer.address().account())) {
      throw new MalformedException("sync", "must come from an own device");
    }
    ConversationId conversation =
        new ConversationId(
            Contents.sized("conversation", sync.getConversation(), ConversationId.SIZE));
    if (step.tables().contacts().find(conversation).isEmpty()) {
      return;
    }
    if (sync.hasText()) {
      takeIn(
          step,
          conversation,
          Contents.messageId(sync.getMessageId()),
          core.own().account(),
          words(sync.getText()),
          sync.getSentAt(),
          Contents.parents(sync.getParentsList()));
    } else {
      core.changes.synced(step, conversation, sync);
    }
  }

  private void takeIn(
      Step step,
      ConversationId conversation,
      MessageId id,
      AccountId author,
      Words words,
      long sentAt,
      List<MessageId> parents) {
    MessageTable messages = step.tables().messages();
    if (messages.find(conversation, id).isPresent()) {
      return;
    }
    boolean mine = core.own().isOwn(author);
    Message message =
        new Message(
            conversation,
            id,
            author,
            mine,
            words,
            instant(sentAt),
            parents,
            0,
            core.clockwork.now().plus(patience(step, author)),
            mine ? State.SENT : State.RECEIVED,
            null,
            Fate.OPEN);
    messages.add(message);
    core.changes.came(step, message);
    if (mine) {
      core.vanishing.begin(step, message);
    } else {
      bringBack(step, conversation);
    }
    List<MessageId> missing =
        parents.stream().filter(parent -> !messages.isShown(conversation, parent)).toList();
    if (missing.isEmpty()) {
      show(step, message);
    } else {
      missing.forEach(parent -> messages.addMissing(conversation, parent, id));
      step.afterwards(this::watchEarly);
    }
  }

  /// A conversation that was put away comes back with a new message.
  private static void bringBack(Step step, ConversationId conversation) {
    Kept kept = step.tables().conversations().find(conversation);
    if (kept.archived() && !kept.muted()) {
      step.tables().conversations().mark(conversation, Mark.ARCHIVED, false);
    }
  }

  /// The time as the writer tells it, even if that clock is ahead: what depends on when a message
  /// came would give it another place on every device.
  static Instant instant(long millis) {
    return Instant.ofEpochMilli(Math.clamp(millis, 0, LATEST));
  }

  /// Messages from before this device was there count as shown, though it never saw them.
  void knowEarlier(Step step, Contact contact, List<MessageId> heads) {
    for (MessageId head : heads) {
      step.tables()
          .messages()
          .add(
              new Message(
                  contact.conversation(),
                  head,
                  contact.account(),
                  false,
                  Words.NONE,
                  Instant.EPOCH,
                  List.of(),
                  1,
                  Instant.EPOCH,
                  State.READ,
                  null,
                  Fate.DELETED));
      step.tables().messages().addHead(contact.conversation(), head);
    }
  }

  // --- order ---

  /// Puts a message into its place, behind all it follows and otherwise by time, and then those
  /// that waited for it.
  private void show(Step step, Message first) {
    MessageTable messages = step.tables().messages();
    Deque<Message> waiting = new ArrayDeque<>(List.of(first));
    while (!waiting.isEmpty()) {
      Message message = waiting.removeFirst();
      messages.show(message, place(messages, message));
      step.changedMessage(message.conversation(), message.id());
      moveBehind(step, message, messages.shownWithout(message));
      waiting.addAll(messages.releasedBy(message.conversation(), message.id()));
    }
  }

  private static long place(MessageTable messages, Message message) {
    long behind = messages.highest(message.conversation(), message.parents()) + 1;
    return Math.max(behind, message.sentAt().toEpochMilli());
  }

  /// Those that were shown without `late`, and all that follow them, go behind it where they are
  /// not. Each moves once: a hostile contact may have messages follow each other in a ring.
  private static void moveBehind(Step step, Message late, List<Message> early) {
    if (early.isEmpty()) {
      return;
    }
    MessageTable messages = step.tables().messages();
    Set<MessageId> moved = new HashSet<>(Set.of(late.id()));
    long end = early.getLast().position();
    Optional<Message> next = Optional.of(early.getFirst());
    while (next.isPresent() && next.get().position() <= end) {
      Message message = next.get();
      long place = place(messages, message);
      boolean follows = !Collections.disjoint(message.parents(), moved);
      if (follows && place > message.position() && moved.add(message.id())) {
        messages.move(message, place);
        step.changedMessage(message.conversation(), message.id());
        end = Math.max(end, place);
      }
      next = messages.next(message);
    }
  }

  /// Messages whose predecessors do not come are shown after a while without them.
  void watchEarly() {
    core.ledger
        .read(step -> step.tables().messages().nextShowBy())
        .ifPresent(at -> core.clockwork.wake(ALARM, Instant.ofEpochMilli(at), this::showEarly));
  }

  private void showEarly() {
    core.ledger.writeSurely(
        step -> {
          for (Message early : step.tables().messages().early(core.clockwork.now())) {
            boolean stillEarly =
                step.tables()
                    .messages()
                    .find(early.conversation(), early.id())
                    .map(now -> now.position() == 0)
                    .orElse(false);
            if (stillEarly) {
              show(step, early);
            }
          }
          step.afterwards(this::watchEarly);
        });
  }

  // --- how far it got ---

  /// A node has the whole letter on disk.
  void sent(Step step, Out letter) {
    advance(step, letter.conversation(), letter.message(), letter.peer(), State.SENT);
  }

  /// A device of the reader has it, or it was read there.
  void delivered(Step step, Peer reader, MessageId id, State state) {
    ConversationId conversation = core.own().with(reader.address().account());
    Optional<Message> message = step.tables().messages().find(conversation, id);
    if (message.isPresent() && message.get().mine()) {
      advance(step, conversation, id, reader.id(), state);
    }
  }

  private void advance(
      Step step, ConversationId conversation, MessageId id, long peer, State state) {
    MessageTable messages = step.tables().messages();
    Optional<Message> message = messages.find(conversation, id);
    State before = messages.delivery(conversation, id, peer).orElse(State.SENDING);
    if (message.isEmpty() || message.get().deleted() || before.compareTo(state) >= 0) {
      return;
    }
    messages.putDelivery(conversation, id, peer, state);
    State whole = whole(messages.deliveries(conversation, id));
    boolean failed = message.get().state() == State.FAILED && whole.compareTo(State.SENT) <= 0;
    if (!failed && message.get().state() != whole) {
      messages.putState(conversation, id, whole, null);
      if (whole != State.SENDING) {
        core.vanishing.begin(step, message.get());
      }
      step.changedMessage(conversation, id);
    }
  }

  /// One device that has it is enough to be delivered; to be sent, a node has to have every letter.
  private static State whole(List<State> deliveries) {
    if (deliveries.contains(State.READ)) {
      return State.READ;
    }
    if (deliveries.contains(State.DELIVERED)) {
      return State.DELIVERED;
    }
    return deliveries.contains(State.SENDING) ? State.SENDING : State.SENT;
  }

  /// A letter will not go by itself any more; the message fails unless another device has it.
  ///
  /// @return whether the person has to decide
  boolean failed(Step step, Out letter, ProblemKind why) {
    Optional<Message> message =
        step.tables().messages().find(letter.conversation(), letter.message());
    boolean matters =
        message.isPresent()
            && !message.get().gone()
            && message.get().state() != State.DELIVERED
            && message.get().state() != State.READ;
    if (matters) {
      step.tables()
          .messages()
          .putState(letter.conversation(), letter.message(), State.FAILED, why.name());
      step.changedMessage(letter.conversation(), letter.message());
    }
    return matters;
  }

  // --- what the person does ---

  /// Marks everything shown up to `last` as read, and tells the writer's devices.
  void markRead(Step step, Contact contact, Message last) {
    boolean told = step.tables().account().courtesies().readMarks();
    List<Peer> writers = told ? Contacts.writable(step, contact.account()) : List.of();
    for (Message message : step.tables().messages().unreadUpTo(last)) {
      step.tables().messages().putState(message.conversation(), message.id(), State.READ, null);
      core.receipts.oweRead(step, writers, message.id());
      core.vanishing.begin(step, message);
      step.changedMessage(message.conversation(), message.id());
    }
    step.tables().conversations().mark(contact.conversation(), Mark.MARKED_UNREAD, false);
    step.changedConversation(contact.conversation());
  }

  void retry(Step step, Message message) {
    if (message.state() != State.FAILED) {
      return;
    }
    step.tables().messages().putState(message.conversation(), message.id(), State.SENDING, null);
    for (Out letter : step.tables().outbox().withMessage(message.id())) {
      if (letter.state() == OutboxTable.State.FAILED) {
        core.outbox.retry(step, letter);
      }
    }
    step.changedMessage(message.conversation(), message.id());
  }

  /// Takes a message off this device; one that failed is given up.
  void delete(Step step, Message message) {
    if (message.state() == State.FAILED) {
      for (Out letter : step.tables().outbox().withMessage(message.id())) {
        step.tables().outbox().remove(letter.id());
      }
    }
    step.tables().messages().delete(message.conversation(), message.id());
    step.deletedMessage(message.conversation(), message.id());
    changedReplies(step, message);
  }

  /// What answers a message shows its beginning.
  static void changedReplies(Step step, Message message) {
    step.tables()
        .messages()
        .replies(message.conversation(), message.id())
        .forEach(reply -> step.changedMessage(message.conversation(), reply));
  }

  private Instant now() {
    return core.now();
  }
}
