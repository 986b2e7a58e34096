package im.waxwing.engine;

import im.waxwing.api.FormerText;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Edit;
import im.waxwing.content.proto.Reaction;
import im.waxwing.content.proto.Sync;
import im.waxwing.content.proto.Unsend;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import im.waxwing.store.ChangeTable;
import im.waxwing.store.ChangeTable.Change;
import im.waxwing.store.ChangeTable.Kind;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ConversationTable.Timer;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What people change of messages: reactions, other texts, taking back; and of a conversation, its
/// timer. Each side ends with the same, in whatever order letters come (delivery.md §12).
final class Changes {
  /// So many changes of one person wait for messages that have not come.
  private static final int MAX_WAITING = 1_000;

  /// So many texts of a message are kept, beside its first.
  private static final int MAX_EDITS = 50;

  private final Core core;

  Changes(Core core) {
    this.core = core;
  }

  // --- what the person does ---

  /// @param emoji empty: taken back
  void react(Step step, Contact contact, Message message, String emoji) throws ProblemException {
    Change change = own(step, message, Kind.REACTION, emoji);
    Reaction body =
        Reaction.newBuilder()
            .setMessage(Contents.theirs(message.id().bytes()))
            .setVersion((int) change.version())
            .setEmoji(emoji)
            .build();
    tell(
        step,
        contact,
        change.id(),
        change.sentAt(),
        Content.newBuilder().setReaction(body),
        Sync.newBuilder().setReaction(body));
    apply(step, message, change);
  }

  void edit(Step step, Contact contact, Message message, String text) throws ProblemException {
    needOwn(message);
    Change change = own(step, message, Kind.EDIT, text);
    Edit body =
        Edit.newBuilder()
            .setMessage(Contents.theirs(message.id().bytes()))
            .setVersion((int) change.version())
            .setText(text)
            .build();
    tell(
        step,
        contact,
        change.id(),
        change.sentAt(),
        Content.newBuilder().setEdit(body),
        Sync.newBuilder().setEdit(body));
    apply(step, message, change);
  }

  void unsend(Step step, Contact contact, Message message) throws ProblemException {
    needOwn(message);
    Change change = own(step, message, Kind.UNSEND, "");
    Unsend body = Unsend.newBuilder().setMessage(Contents.theirs(message.id().bytes())).build();
    tell(
        step,
        contact,
        change.id(),
        change.sentAt(),
        Content.newBuilder().setUnsend(body),
        Sync.newBuilder().setUnsend(body));
    apply(step, message, change);
  }

  private static void needOwn(Message message) throws ProblemException {
    if (!message.mine()) {
      throw new ProblemException(ProblemKind.MESSAGE_NOT_YOURS);
    }
  }

  void setTimer(Step step, Contact contact, Duration life) throws ProblemException {
    long known = step.tables().conversations().timerVersion(contact.conversation());
    Timer timer = new Timer(life, next(known), now(), core.newMessageId());
    im.waxwing.content.proto.Timer body =
        im.waxwing.content.proto.Timer.newBuilder()
            .setVersion((int) timer.version())
            .setSeconds((int) life.toSeconds())
            .build();
    tell(
        step,
        contact,
        timer.id(),
        timer.setAt(),
        Content.newBuilder().setTimer(body),
        Sync.newBuilder().setTimer(body));
    put(step, contact.conversation(), timer);
  }

  private Change own(Step step, Message message, Kind kind, String text) {
    AccountId author = core.own().account();
    long known =
        step.tables()
            .changes()
            .last(message.conversation(), message.id(), author, kind)
            .map(Change::version)
            .orElse(0L);
    return new Change(
        message.conversation(),
        message.id(),
        author,
        kind,
        core.newMessageId(),
        next(known),
        now(),
        text);
  }

  private static long next(long version) {
    return Math.min(version + 1, Contents.MAX_VERSION);
  }

  private void tell(
      Step step,
      Contact contact,
      MessageId id,
      Instant at,
      Content.Builder content,
      Sync.Builder sync)
      throws ProblemException {
    long sentAt = at.toEpochMilli();
    for (Peer reader : core.contacts.readers(step, contact)) {
      core.outbox.add(step, reader, Purpose.OTHER, id, content.clone().setSentAt(sentAt), null);
    }
    sync.setConversation(Contents.theirs(contact.conversation().bytes()))
        .setMessageId(Contents.theirs(id.bytes()))
        .setSentAt(sentAt);
    for (Peer own : Contacts.writable(step, core.own().account())) {
      core.outbox.add(step, own, Purpose.OTHER, Content.newBuilder().setSync(sync));
    }
  }

  // --- taking in ---

  /// A change by a contact.
  void received(Step step, Peer writer, Content content) throws MalformedException {
    AccountId author = writer.address().account();
    ConversationId conversation = Contacts.contact(step, author).conversation();
    Told told = new Told(conversation, author, Contents.messageId(content), content.getSentAt());
    switch (content.getBodyCase()) {
      case REACTION -> take(step, told.reaction(content.getReaction()));
      case EDIT -> take(step, told.edit(content.getEdit()));
      case UNSEND -> take(step, told.unsend(content.getUnsend()));
      case TIMER -> put(step, conversation, told.timer(content.getTimer()));
      default -> throw new IllegalArgumentException("not a change");
    }
  }

  /// A change that another own device has made.
  void synced(Step step, ConversationId conversation, Sync sync) throws MalformedException {
    Told told =
        new Told(
            conversation,
            core.own().account(),
            Contents.messageId(sync.getMessageId()),
            sync.getSentAt());
    switch (sync.getBodyCase()) {
      case REACTION -> take(step, told.reaction(sync.getReaction()));
      case EDIT -> take(step, told.edit(sync.getEdit()));
      case UNSEND -> take(step, told.unsend(sync.getUnsend()));
      case TIMER -> put(step, conversation, told.timer(sync.getTimer()));
      case TEXT, BODY_NOT_SET -> {}
    }
  }

  /// Who told something where and when.
  private record Told(ConversationId conversation, AccountId author, MessageId id, long sentAt) {
    Change reaction(Reaction body) throws MalformedException {
      return change(Kind.REACTION, body.getMessage(), body.getVersion(), body.getEmoji());
    }

    Change edit(Edit body) throws MalformedException {
      return change(Kind.EDIT, body.getMessage(), body.getVersion(), body.getText());
    }

    Change unsend(Unsend body) throws MalformedException {
      return change(Kind.UNSEND, body.getMessage(), 1, "");
    }

    Timer timer(im.waxwing.content.proto.Timer body) {
      return new Timer(
          Duration.ofSeconds(body.getSeconds()),
          body.getVersion(),
          Conversations.instant(sentAt),
          id);
    }

    private Change change(
        Kind kind, com.google.protobuf.ByteString message, int version, String text)
        throws MalformedException {
      return new Change(
          conversation,
          Contents.messageId(message),
          author,
          kind,
          id,
          version,
          Conversations.instant(sentAt),
          text);
    }

    @Override
    public String toString() {
      return "Told[redacted]";
    }
  }

  private void take(Step step, Change change) {
    Optional<Message> message =
        step.tables().messages().find(change.conversation(), change.message());
    if (message.isPresent()) {
      apply(step, message.get(), change);
    } else {
      step.tables().changes().add(change, true);
      step.tables().changes().limitWaiting(change.conversation(), change.author(), MAX_WAITING);
    }
  }

  /// A message has come that changes may have waited for.
  void came(Step step, Message message) {
    for (Change change :
        step.tables().changes().takeWaiting(message.conversation(), message.id())) {
      take(step, change);
    }
  }

  private static void apply(Step step, Message message, Change change) {
    boolean allowed = change.kind() == Kind.REACTION || change.author().equals(message.author());
    if (message.gone() || !allowed) {
      return;
    }
    switch (change.kind()) {
      case REACTION -> add(step, change, 1);
      case EDIT -> edit(step, message, change);
      case UNSEND -> step.tables().messages().unsend(message.conversation(), message.id());
    }
    if (message.position() > 0) {
      step.changedMessage(message.conversation(), message.id());
      if (change.kind() != Kind.REACTION) {
        Conversations.changedReplies(step, message);
      }
    }
  }

  private static void edit(Step step, Message message, Change change) {
    if (message.fate().editedAt() == null) {
      step.tables().changes().add(firstText(message), false);
    }
    add(step, change, MAX_EDITS);
    Change last = last(step, change);
    step.tables()
        .messages()
        .putText(
            message.conversation(),
            message.id(),
            last.text(),
            last.version() == 0 ? null : last.sentAt());
  }

  private static Change firstText(Message message) {
    return new Change(
        message.conversation(),
        message.id(),
        message.author(),
        Kind.EDIT,
        message.id(),
        0,
        message.sentAt(),
        message.text());
  }

  private static void add(Step step, Change change, int most) {
    ChangeTable changes = step.tables().changes();
    changes.add(change, false);
    changes.keepLast(change.conversation(), change.message(), change.author(), change.kind(), most);
  }

  private static Change last(Step step, Change change) {
    return step.tables()
        .changes()
        .last(change.conversation(), change.message(), change.author(), change.kind())
        .orElseThrow();
  }

  private static void put(Step step, ConversationId conversation, Timer timer) {
    if (step.tables().conversations().putTimer(conversation, timer)) {
      step.changedConversation(conversation);
    }
  }

  // --- looking ---

  /// What a message said before it says what it does now, oldest first.
  static List<FormerText> history(Step step, Message message) {
    List<Change> all =
        step.tables()
            .changes()
            .all(message.conversation(), message.id(), message.author(), Kind.EDIT);
    return all.subList(0, Math.max(0, all.size() - 1)).stream()
        .map(change -> new FormerText(change.text(), change.sentAt()))
        .toList();
  }

  /// Exactly as the others will read it.
  private Instant now() {
    return Conversations.instant(core.now().toEpochMilli());
  }
}
