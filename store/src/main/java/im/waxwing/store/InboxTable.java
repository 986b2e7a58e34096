package im.waxwing.store;

import im.waxwing.crypto.Piece;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MessageId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came: pieces of letters, what became of each letter, and envelopes no lane expects yet;
/// also the receipts that are owed.
public final class InboxTable {
  private final Rows rows;

  InboxTable(Rows rows) {
    this.rows = rows;
  }

  /// `PARTIAL`: pieces are missing. `FAILED`: it was asked for again. `DROPPED`: not to be opened.
  public enum State {
    PARTIAL,
    OPENED,
    FAILED,
    DROPPED
  }

  /// What became of a letter.
  ///
  /// @param message its content's message id, once opened
  public record Received(long lane, long firstN, State state, @Nullable MessageId message) {
    @Override
    public String toString() {
      return "Received[redacted]";
    }
  }

  /// Where an envelope lay: a mailbox of ours, and the day.
  public record Origin(MailboxTable.Own mailbox, Day day) {
    public MailboxKey reader() {
      return mailbox.mailbox().target().key();
    }

    @Override
    public String toString() {
      return "Origin[redacted]";
    }
  }

  /// An envelope that no lane expects yet, without its bytes.
  public record Unmatched(long id, Origin origin, EnvelopeId envelopeId) {
    @Override
    public String toString() {
      return "Unmatched[redacted]";
    }
  }

  /// A receipt owed to a device.
  public record Owed(long peer, MessageId message, boolean read) {
    @Override
    public String toString() {
      return "Owed[redacted]";
    }
  }

  public void put(long lane, long firstN, State state, @Nullable MessageId message, Instant at) {
    rows.run(
        "INSERT INTO received (lane, first_n, state, message, at) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET state = excluded.state, message = excluded.message",
        lane,
        firstN,
        state,
        message,
        at);
  }

  /// The letter to which number `n` of a lane belongs, if something of it came.
  public Optional<Received> find(long lane, long n) {
    return rows.one(
        "SELECT * FROM received WHERE lane = ? AND first_n <= ? ORDER BY first_n DESC LIMIT 1",
        row -> {
          var message = row.bytesOrNull("message");
          return new Received(
              row.number("lane"),
              row.number("first_n"),
              row.name("state", State.class),
              message == null ? null : new MessageId(message));
        },
        lane,
        n);
  }

  public void addPiece(long lane, long n, Piece piece) {
    rows.run(
        "INSERT OR IGNORE INTO received_piece (lane, n, kind, position, count, bytes)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        lane,
        n,
        piece.kind().code(),
        piece.index(),
        piece.count(),
        piece.bytes());
  }

  /// The pieces between two numbers of a lane, the first included and the last not.
  public List<Piece> pieces(long lane, long firstN, long endN) {
    return rows.list(
        "SELECT * FROM received_piece WHERE lane = ? AND n >= ? AND n < ? ORDER BY n",
        InboxTable::readPiece,
        lane,
        firstN,
        endN);
  }

  public void removePieces(long lane, long firstN, long endN) {
    rows.run("DELETE FROM received_piece WHERE lane = ? AND n >= ? AND n < ?", lane, firstN, endN);
  }

  public void forgetBefore(Instant instant) {
    rows.run("DELETE FROM received WHERE at < ?", instant);
  }

  // --- unmatched ---

  /// Keeps an envelope; of more than `limit` the oldest go.
  public void addUnmatched(long mailbox, Day day, EnvelopeId id, Envelope envelope, int limit) {
    rows.run(
        "INSERT OR IGNORE INTO unmatched (mailbox, day, envelope_id, envelope)"
            + " VALUES (?, ?, ?, ?)",
        mailbox,
        day,
        id,
        envelope);
    rows.run("DELETE FROM unmatched WHERE id <= (SELECT MAX(id) FROM unmatched) - ?", limit);
  }

  public List<Unmatched> unmatched() {
    return rows.list(
        "SELECT unmatched.id AS unmatched_id, day, envelope_id, mailbox.* FROM unmatched"
            + " JOIN mailbox ON mailbox.id = unmatched.mailbox ORDER BY unmatched.id",
        columns ->
            new Unmatched(
                columns.number("unmatched_id"),
                new Origin(MailboxTable.read(columns), columns.day("day")),
                new EnvelopeId(columns.bytes("envelope_id"))));
  }

  public Optional<Envelope> unmatched(Unmatched one) {
    return rows.one(
        "SELECT envelope FROM unmatched WHERE id = ?",
        columns -> new Envelope(columns.bytes("envelope")),
        one.id());
  }

  public void removeUnmatched(EnvelopeId id) {
    rows.run("DELETE FROM unmatched WHERE envelope_id = ?", id);
  }

  public void forgetUnmatchedBefore(Day day) {
    rows.run("DELETE FROM unmatched WHERE day < ?", day);
  }

  // --- receipts ---

  public void owe(long peer, MessageId message, boolean read) {
    rows.run(
        "INSERT OR IGNORE INTO receipt (peer, message, read) VALUES (?, ?, ?)",
        peer,
        message,
        read);
  }

  public List<Owed> owed(int limit) {
    return rows.list(
        "SELECT * FROM receipt ORDER BY peer LIMIT ?",
        row -> new Owed(row.number("peer"), row.message("message"), row.flag("read")),
        limit);
  }

  public void paid(Owed owed) {
    rows.run(
        "DELETE FROM receipt WHERE peer = ? AND message = ? AND read = ?",
        owed.peer(),
        owed.message(),
        owed.read());
  }

  private static Piece readPiece(Columns row) throws SQLException {
    return new Piece(
        OutboxTable.kind(row.integer("kind")),
        row.integer("position"),
        row.integer("count"),
        row.bytes("bytes"));
  }
}
