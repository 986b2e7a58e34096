package im.waxwing.store;

import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What people changed of messages: reactions, other texts, and that they took them back. Changes
/// of one kind by one person to one message are ordered by version, time and id.
public final class ChangeTable {
  private static final String OF =
      " FROM change WHERE conversation = ? AND message = ? AND author = ? AND kind = ?";
  private static final String BY_ORDER = " ORDER BY version, sent_at, id";
  private static final String LAST_FIRST = " ORDER BY version DESC, sent_at DESC, id DESC";

  private final Rows rows;

  ChangeTable(Rows rows) {
    this.rows = rows;
  }

  public enum Kind {
    REACTION,
    EDIT,
    UNSEND
  }

  /// @param id of the letter that told it
  /// @param version how many of its kind its author knew then, itself counted; 0: the first text
  /// @param text emoji or text
  public record Change(
      ConversationId conversation,
      MessageId message,
      AccountId author,
      Kind kind,
      MessageId id,
      long version,
      Instant sentAt,
      String text) {
    @Override
    public String toString() {
      return "Change[redacted]";
    }
  }

  /// Adds a change, unless it is known.
  ///
  /// @param waiting the message has not come yet
  public void add(Change change, boolean waiting) {
    rows.run(
        "INSERT OR IGNORE INTO change (conversation, message, author, kind, id, version, sent_at,"
            + " text, waiting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        change.conversation(),
        change.message(),
        change.author(),
        change.kind(),
        change.id(),
        change.version(),
        change.sentAt(),
        change.text(),
        waiting);
  }

  /// The changes that waited for a message; they wait no more.
  public List<Change> takeWaiting(ConversationId conversation, MessageId message) {
    List<Change> waiting =
        rows.list(
            "SELECT * FROM change WHERE conversation = ? AND message = ? AND waiting = 1"
                + " ORDER BY arrival",
            ChangeTable::read,
            conversation,
            message);
    rows.run(
        "DELETE FROM change WHERE conversation = ? AND message = ? AND waiting = 1",
        conversation,
        message);
    return waiting;
  }

  /// Has the oldest waiting changes of an author go until `most` are left.
  public void limitWaiting(ConversationId conversation, AccountId author, int most) {
    rows.run(
        "DELETE FROM change WHERE arrival IN (SELECT arrival FROM change WHERE conversation = ?"
            + " AND author = ? AND waiting = 1 ORDER BY arrival DESC LIMIT -1 OFFSET ?)",
        conversation,
        author,
        most);
  }

  /// All changes of a kind, in their order.
  public List<Change> all(
      ConversationId conversation, MessageId message, AccountId author, Kind kind) {
    return rows.list(
        "SELECT *" + OF + BY_ORDER, ChangeTable::read, conversation, message, author, kind);
  }

  /// The change that holds.
  public Optional<Change> last(
      ConversationId conversation, MessageId message, AccountId author, Kind kind) {
    return rows.one(
        "SELECT *" + OF + LAST_FIRST + " LIMIT 1",
        ChangeTable::read,
        conversation,
        message,
        author,
        kind);
  }

  /// Keeps the first text and the last `most` changes of a kind.
  public void keepLast(
      ConversationId conversation, MessageId message, AccountId author, Kind kind, int most) {
    rows.run(
        "DELETE FROM change WHERE version > 0 AND arrival IN (SELECT arrival"
            + OF
            + LAST_FIRST
            + " LIMIT -1 OFFSET ?)",
        conversation,
        message,
        author,
        kind,
        most);
  }

  /// The reactions to a message that hold, in the order in which they came.
  public List<Change> reactions(ConversationId conversation, MessageId message) {
    return rows.list(
        "SELECT * FROM change WHERE conversation = ? AND message = ? AND kind = 'REACTION'"
            + " AND waiting = 0 AND text <> '' ORDER BY sent_at, id",
        ChangeTable::read,
        conversation,
        message);
  }

  private static Change read(Columns row) throws SQLException {
    return new Change(
        row.conversation("conversation"),
        row.message("message"),
        row.account("author"),
        row.name("kind", Kind.class),
        row.message("id"),
        row.number("version"),
        row.instant("sent_at"),
        row.text("text"));
  }
}
