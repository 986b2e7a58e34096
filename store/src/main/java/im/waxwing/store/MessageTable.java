package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What people wrote: the messages of every conversation, their causal order, and how far own ones
/// got on each device.
public final class MessageTable {
  /// So many pinned messages of a conversation are told, the newest pins.
  private static final int MAX_PINS = 50;

  private final Rows rows;

  MessageTable(Rows rows) {
    this.rows = rows;
  }

  /// How far a message got. Own ones go from `SENDING` on, others are `RECEIVED`, then `READ`.
  public enum State {
    SENDING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    RECEIVED
  }

  /// What its writer said.
  ///
  /// @param replyTo the message it answers
  /// @param life how long it stays after reading, or sending; zero: for ever
  public record Words(String text, @Nullable MessageId replyTo, Duration life) {
    /// Of a message that is only known by its id.
    public static final Words NONE = new Words("", null, Duration.ZERO);

    @Override
    public String toString() {
      return "Words[redacted]";
    }
  }

  /// What became of a message afterwards.
  ///
  /// @param editedAt when it was given its present text; null: it has its first
  /// @param expiresAt when it goes by itself; null: never, or its time has not begun
  /// @param unsent its writer took it back: text gone, its place stays
  /// @param deleted text and place are gone, the id stays known
  public record Fate(
      @Nullable Instant editedAt, @Nullable Instant expiresAt, boolean unsent, boolean deleted) {
    public static final Fate OPEN = new Fate(null, null, false, false);
    public static final Fate DELETED = new Fate(null, null, false, true);
  }

  /// @param parents the messages it was written after
  /// @param position its place in the conversation; 0: waits for its predecessors
  /// @param showBy when it is shown even without them
  /// @param failure name of the problem, with `FAILED` only
  public record Message(
      ConversationId conversation,
      MessageId id,
      AccountId author,
      boolean mine,
      Words words,
      Instant sentAt,
      List<MessageId> parents,
      long position,
      Instant showBy,
      State state,
      @Nullable String failure,
      Fate fate) {
    public Message {
      parents = List.copyOf(parents);
    }

    public String text() {
      return words.text();
    }

    public boolean deleted() {
      return fate.deleted();
    }

    /// Whether it says nothing any more.
    public boolean gone() {
      return fate.deleted() || fate.unsent();
    }

    @Override
    public String toString() {
      return "Message[redacted]";
    }
  }

  public void add(Message message) {
    rows.run(
        "INSERT INTO message (conversation, id, author, mine, text, sent_at, parents, position,"
            + " show_by, state, failure, deleted, reply_to, expires_after)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        message.conversation(),
        message.id(),
        message.author(),
        message.mine(),
        message.text(),
        message.sentAt(),
        join(message.parents()),
        message.position(),
        message.showBy(),
        message.state(),
        message.failure(),
        message.deleted(),
        message.words().replyTo(),
        message.words().life().toSeconds());
  }

  public Optional<Message> find(ConversationId conversation, MessageId id) {
    return rows.one(
        "SELECT * FROM message WHERE conversation = ? AND id = ?",
        MessageTable::read,
        conversation,
        id);
  }

  public void putState(
      ConversationId conversation, MessageId id, State state, @Nullable String failure) {
    rows.run(
        "UPDATE message SET state = ?, failure = ? WHERE conversation = ? AND id = ?",
        state,
        failure,
        conversation,
        id);
  }

  /// Takes the text away; the id stays known, so that a late copy does not bring it back.
  public void delete(ConversationId conversation, MessageId id) {
    rows.run(
        "UPDATE message SET text = '', reply_to = NULL, edited_at = NULL, expires_at = NULL,"
            + " pinned_at = NULL, failure = NULL, deleted = 1 WHERE conversation = ? AND id = ?",
        conversation,
        id);
    rows.run("DELETE FROM delivery WHERE conversation = ? AND message = ?", conversation, id);
    rows.run("DELETE FROM change WHERE conversation = ? AND message = ?", conversation, id);
  }

  /// Takes the text away and leaves the place.
  public void unsend(ConversationId conversation, MessageId id) {
    rows.run(
        "UPDATE message SET text = '', reply_to = NULL, edited_at = NULL, expires_at = NULL,"
            + " pinned_at = NULL, unsent = 1 WHERE conversation = ? AND id = ?",
        conversation,
        id);
    rows.run("DELETE FROM change WHERE conversation = ? AND message = ?", conversation, id);
  }

  /// @param editedAt null: it is its first text
  public void putText(
      ConversationId conversation, MessageId id, String text, @Nullable Instant editedAt) {
    rows.run(
        "UPDATE message SET text = ?, edited_at = ? WHERE conversation = ? AND id = ?",
        text,
        editedAt,
        conversation,
        id);
  }

  /// The messages that answer another.
  public List<MessageId> replies(ConversationId conversation, MessageId to) {
    return rows.list(
        "SELECT id FROM message WHERE conversation = ? AND reply_to = ? AND position > 0",
        row -> row.message("id"),
        conversation,
        to);
  }

  // --- going by themselves ---

  /// From `now` on a message lives as long as it was meant to, unless its time has begun before.
  public void beginLife(ConversationId conversation, MessageId id, Instant now) {
    rows.run(
        "UPDATE message SET expires_at = ? + expires_after * 1000 WHERE conversation = ? AND id = ?"
            + " AND expires_after > 0 AND expires_at IS NULL AND unsent = 0 AND deleted = 0",
        now,
        conversation,
        id);
  }

  /// Lives that, by a clock that was set back meanwhile, have not begun, begin at `now`.
  public void shortenLives(Instant now) {
    rows.run(
        "UPDATE message SET expires_at = ? + expires_after * 1000"
            + " WHERE expires_at > ? + expires_after * 1000",
        now,
        now);
  }

  /// Messages whose time is over.
  public List<Message> expired(Instant now) {
    return rows.list(
        "SELECT * FROM message WHERE expires_at <= ? ORDER BY expires_at", MessageTable::read, now);
  }

  public OptionalLong nextExpiry() {
    return rows.optionalNumber("SELECT MIN(expires_at) FROM message WHERE expires_at IS NOT NULL");
  }

  // --- pins ---

  /// @param at null: no longer
  public void pin(ConversationId conversation, MessageId id, @Nullable Instant at) {
    rows.run(
        "UPDATE message SET pinned_at = ? WHERE conversation = ? AND id = ?", at, conversation, id);
  }

  /// The pinned messages, the newest pin first.
  public List<Message> pinned(ConversationId conversation) {
    return rows.list(
        "SELECT * FROM message WHERE conversation = ? AND pinned_at IS NOT NULL"
            + " ORDER BY pinned_at DESC, id LIMIT "
            + MAX_PINS,
        MessageTable::read,
        conversation);
  }

  // --- pages ---

  /// The newest `limit` shown messages before `before`, oldest first.
  public List<Message> page(ConversationId conversation, @Nullable Message before, int limit) {
    long position = before == null ? Long.MAX_VALUE : before.position();
    ByteString id = before == null ? ByteString.EMPTY : before.id().bytes();
    return rows.list(
            "SELECT * FROM message WHERE conversation = ? AND position > 0 AND deleted = 0"
                + " AND (position, id) < (?, ?) ORDER BY position DESC, id DESC LIMIT ?",
            MessageTable::read,
            conversation,
            position,
            id,
            limit)
        .reversed();
  }

  /// The first `limit` shown messages behind `after`, oldest first.
  public List<Message> pageAfter(Message after, int limit) {
    return rows.list(
        "SELECT * FROM message WHERE conversation = ? AND position > 0 AND deleted = 0"
            + " AND (position, id) > (?, ?) ORDER BY position, id LIMIT ?",
        MessageTable::read,
        after.conversation(),
        after.position(),
        after.id(),
        limit);
  }

  public int unread(ConversationId conversation) {
    return (int)
        rows.number(
            "SELECT COUNT(*) FROM message WHERE conversation = ? AND state = 'RECEIVED'"
                + " AND deleted = 0 AND unsent = 0 AND position > 0",
            conversation);
  }

  /// Shown messages of others up to `last` that are not read.
  public List<Message> unreadUpTo(Message last) {
    return rows.list(
        "SELECT * FROM message WHERE conversation = ? AND state = 'RECEIVED' AND deleted = 0"
            + " AND position > 0 AND (position, id) <= (?, ?) ORDER BY position, id",
        MessageTable::read,
        last.conversation(),
        last.position(),
        last.id());
  }

  // --- causal order ---

  public List<MessageId> heads(ConversationId conversation) {
    return rows.list(
        "SELECT head.message FROM head LEFT JOIN message ON message.conversation ="
            + " head.conversation AND message.id = head.message WHERE head.conversation = ?"
            + " ORDER BY message.position DESC, head.message",
        row -> row.message("message"),
        conversation);
  }

  public void addHead(ConversationId conversation, MessageId message) {
    rows.run("INSERT OR IGNORE INTO head VALUES (?, ?)", conversation, message);
  }

  /// Gives a message its place. Predecessors that it is shown without stay awaited.
  public void show(Message message, long position) {
    move(message, position);
    for (MessageId parent : message.parents()) {
      rows.run(
          "DELETE FROM head WHERE conversation = ? AND message = ?",
          message.conversation(),
          parent);
    }
    if (shownWithout(message).isEmpty()) {
      addHead(message.conversation(), message.id());
    }
  }

  /// Gives a message another place.
  public void move(Message message, long position) {
    rows.run(
        "UPDATE message SET position = ? WHERE conversation = ? AND id = ?",
        position,
        message.conversation(),
        message.id());
  }

  /// Messages that follow `parent` and were shown without it, in their order.
  public List<Message> shownWithout(Message parent) {
    return rows.list(
        "SELECT message.* FROM missing JOIN message ON message.conversation ="
            + " missing.conversation AND message.id = missing.child WHERE missing.conversation = ?"
            + " AND missing.parent = ? AND message.position > 0"
            + " ORDER BY message.position, message.id",
        MessageTable::read,
        parent.conversation(),
        parent.id());
  }

  /// The shown message behind another, deleted ones included.
  public Optional<Message> next(Message message) {
    return rows.one(
        "SELECT * FROM message WHERE conversation = ? AND position > 0"
            + " AND (position, id) > (?, ?) ORDER BY position, id LIMIT 1",
        MessageTable::read,
        message.conversation(),
        message.position(),
        message.id());
  }

  /// Whether a message is in its place, so that those after it may be shown.
  public boolean isShown(ConversationId conversation, MessageId id) {
    return rows.number(
            "SELECT COUNT(*) FROM message WHERE conversation = ? AND id = ? AND position > 0",
            conversation,
            id)
        > 0;
  }

  public void addMissing(ConversationId conversation, MessageId parent, MessageId child) {
    rows.run("INSERT OR IGNORE INTO missing VALUES (?, ?, ?)", conversation, parent, child);
  }

  /// Takes `parent` off what its children wait for, and tells those that wait for nothing more.
  public List<Message> releasedBy(ConversationId conversation, MessageId parent) {
    List<MessageId> children =
        rows.list(
            "SELECT child FROM missing WHERE conversation = ? AND parent = ? ORDER BY child",
            row -> row.message("child"),
            conversation,
            parent);
    rows.run("DELETE FROM missing WHERE conversation = ? AND parent = ?", conversation, parent);
    List<Message> released = new ArrayList<>();
    for (MessageId child : children) {
      if (!waits(conversation, child)) {
        find(conversation, child).filter(found -> found.position() == 0).ifPresent(released::add);
      }
    }
    return released;
  }

  public List<Message> early(Instant until) {
    return rows.list(
        "SELECT * FROM message WHERE position = 0 AND show_by <= ? ORDER BY sent_at, id",
        MessageTable::read,
        until);
  }

  public OptionalLong nextShowBy() {
    return rows.optionalNumber("SELECT MIN(show_by) FROM message WHERE position = 0");
  }

  /// The highest place among some messages; 0 if none of them is shown.
  public long highest(ConversationId conversation, List<MessageId> ids) {
    long highest = 0;
    for (MessageId id : ids) {
      highest = Math.max(highest, find(conversation, id).map(Message::position).orElse(0L));
    }
    return highest;
  }

  private boolean waits(ConversationId conversation, MessageId child) {
    return rows.number(
            "SELECT COUNT(*) FROM missing WHERE conversation = ? AND child = ?",
            conversation,
            child)
        > 0;
  }

  // --- deliveries ---

  /// Notes how far an own message got on one device; it never goes back.
  public void putDelivery(ConversationId conversation, MessageId id, long peer, State state) {
    rows.run(
        "INSERT INTO delivery (conversation, message, peer, state) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET state = excluded.state",
        conversation,
        id,
        peer,
        state);
  }

  public Optional<State> delivery(ConversationId conversation, MessageId id, long peer) {
    return rows.one(
        "SELECT state FROM delivery WHERE conversation = ? AND message = ? AND peer = ?",
        row -> row.name("state", State.class),
        conversation,
        id,
        peer);
  }

  public List<State> deliveries(ConversationId conversation, MessageId id) {
    return rows.list(
        "SELECT state FROM delivery WHERE conversation = ? AND message = ? ORDER BY peer",
        row -> row.name("state", State.class),
        conversation,
        id);
  }

  private static ByteString join(List<MessageId> ids) {
    ByteString joined = ByteString.EMPTY;
    for (MessageId id : ids) {
      joined = joined.plus(id.bytes());
    }
    return joined;
  }

  private static List<MessageId> split(ByteString joined) {
    List<MessageId> ids = new ArrayList<>();
    for (int at = 0; at < joined.size(); at += MessageId.SIZE) {
      ids.add(new MessageId(joined.slice(at, at + MessageId.SIZE)));
    }
    return ids;
  }

  static Message read(Columns row) throws SQLException {
    return new Message(
        row.conversation("conversation"),
        row.message("id"),
        row.account("author"),
        row.flag("mine"),
        new Words(
            row.text("text"),
            row.messageOrNull("reply_to"),
            Duration.ofSeconds(row.number("expires_after"))),
        row.instant("sent_at"),
        split(row.bytes("parents")),
        row.number("position"),
        row.instant("show_by"),
        row.name("state", State.class),
        row.textOrNull("failure"),
        new Fate(
            row.instantOrNull("edited_at"),
            row.instantOrNull("expires_at"),
            row.flag("unsent"),
            row.flag("deleted")));
  }
}
