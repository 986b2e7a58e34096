package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.crypto.LaneKeys;
import im.waxwing.crypto.Letter;
import im.waxwing.model.ConversationId;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MessageId;
import im.waxwing.model.Way;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Letters on their way, and the envelopes that carry them.
public final class OutboxTable {
  private static final String UNPLACED =
      " FROM piece JOIN letter ON letter.id = piece.letter WHERE piece.envelope IS NOT NULL"
          + " AND letter.state IN ('WRAPPED', 'ACCEPTED') AND letter.peer = ?";

  private final Rows rows;

  OutboxTable(Rows rows) {
    this.rows = rows;
  }

  /// What a letter is for. `RECEIPT`, `RETRY` and `TYPING` are never answered.
  public enum Purpose {
    TEXT,
    RECEIPT,
    RETRY,
    TYPING,
    HELLO,
    OTHER
  }

  /// `WAITING` for encryption; `WRAPPED` in envelopes; `ACCEPTED` by a node; `FAILED`: the person
  /// must act.
  public enum State {
    WAITING,
    WRAPPED,
    ACCEPTED,
    FAILED
  }

  /// A letter.
  ///
  /// @param content what is, or is to be, encrypted
  /// @param lane null until it is wrapped; or the lane that it must use
  /// @param letter null until it is wrapped
  /// @param rewraps how often it was wrapped anew after a node had accepted it
  public record Out(
      long id,
      long peer,
      Purpose purpose,
      MessageId message,
      ConversationId conversation,
      ByteString content,
      Instant createdAt,
      State state,
      @Nullable Long lane,
      @Nullable Letter letter,
      @Nullable Instant acceptedAt,
      int rewraps) {
    @Override
    public String toString() {
      return "Out[redacted]";
    }
  }

  /// One number of a letter, and its envelope.
  ///
  /// @param day which, with `reader` and `way`, the envelope was sealed for
  /// @param way null: it was sealed when ids did not say
  /// @param envelope null: a node has it
  /// @param notBefore it is not offered earlier
  public record Piece(
      long letter,
      long lane,
      LaneKeys keys,
      Day day,
      MailboxKey reader,
      @Nullable Way way,
      EnvelopeId id,
      @Nullable Envelope envelope,
      Instant notBefore) {
    @Override
    public String toString() {
      return "Piece[redacted]";
    }
  }

  /// Adds a letter to be encrypted when its lane has room.
  ///
  /// @param lane the lane that it must use; null: the one in use then
  public long add(
      long peer,
      Purpose purpose,
      MessageId message,
      ConversationId conversation,
      ByteString content,
      Instant at,
      @Nullable Long lane) {
    return rows.insert(
        "INSERT INTO letter (peer, purpose, message, conversation, content, created_at, state,"
            + " lane, rewraps) VALUES (?, ?, ?, ?, ?, ?, 'WAITING', ?, 0)",
        peer,
        purpose,
        message,
        conversation,
        content,
        at,
        lane);
  }

  public void wrapped(long id, long lane, long firstN, Letter letter) {
    rows.run(
        "UPDATE letter SET state = 'WRAPPED', lane = ?, first_n = ?, kind = ?, bytes = ?"
            + " WHERE id = ?",
        lane,
        firstN,
        letter.kind().code(),
        letter.bytes(),
        id);
  }

  /// Makes a letter wait for encryption again, with new numbers.
  public void unwrap(long id) {
    rows.run("DELETE FROM piece WHERE letter = ?", id);
    rows.run(
        "UPDATE letter SET state = 'WAITING', lane = NULL, first_n = NULL, kind = NULL,"
            + " bytes = NULL, accepted_at = NULL, rewraps = 0 WHERE id = ?",
        id);
  }

  /// Begins the life of a failed letter anew: `WAITING` if it was never wrapped.
  public void restart(long id, Instant createdAt, boolean accepted) {
    rows.run(
        "UPDATE letter SET state = CASE WHEN bytes IS NULL THEN 'WAITING' ELSE ? END,"
            + " created_at = ?, rewraps = 0 WHERE id = ?",
        accepted ? State.ACCEPTED : State.WRAPPED,
        createdAt,
        id);
  }

  public void putState(long id, State state) {
    rows.run("UPDATE letter SET state = ? WHERE id = ?", state, id);
  }

  public void putAccepted(long id, Instant at) {
    rows.run("UPDATE letter SET state = 'ACCEPTED', accepted_at = ? WHERE id = ?", at, id);
  }

  public void putRewraps(long id, int rewraps) {
    rows.run("UPDATE letter SET rewraps = ? WHERE id = ?", rewraps, id);
  }

  /// The letter's bytes are needed no more, only what it said.
  public void forgetBytes(long id) {
    rows.run("DELETE FROM piece WHERE letter = ?", id);
    rows.run("UPDATE letter SET bytes = NULL, kind = NULL WHERE id = ?", id);
  }

  public void remove(long id) {
    rows.run("DELETE FROM piece WHERE letter = ?", id);
    rows.run("DELETE FROM letter WHERE id = ?", id);
  }

  /// The device has taken the first letter: it answered.
  public void removeHellos(long peer) {
    rows.run(
        "DELETE FROM piece WHERE letter IN (SELECT id FROM letter WHERE peer = ?"
            + " AND purpose = 'HELLO')",
        peer);
    rows.run("DELETE FROM letter WHERE peer = ? AND purpose = 'HELLO'", peer);
  }

  public Optional<Out> find(long id) {
    return rows.one("SELECT * FROM letter WHERE id = ?", OutboxTable::read, id);
  }

  public List<Out> withMessage(MessageId message) {
    return rows.list(
        "SELECT * FROM letter WHERE message = ? ORDER BY id", OutboxTable::read, message);
  }

  public Optional<Out> to(long peer, MessageId message) {
    return rows.one(
        "SELECT * FROM letter WHERE peer = ? AND message = ? AND purpose NOT IN"
            + " ('RECEIPT', 'RETRY', 'TYPING')",
        OutboxTable::read,
        peer,
        message);
  }

  /// The letter that was given number `firstN` of a lane.
  public Optional<Out> at(long lane, long firstN) {
    return rows.one(
        "SELECT * FROM letter WHERE lane = ? AND first_n = ?", OutboxTable::read, lane, firstN);
  }

  /// Letters to a peer that wait for encryption: retry requests first, then oldest first.
  public List<Out> waiting(long peer, int limit) {
    return rows.list(
        "SELECT * FROM letter WHERE peer = ? AND state = 'WAITING'"
            + " ORDER BY purpose <> 'RETRY', id LIMIT ?",
        OutboxTable::read,
        peer,
        limit);
  }

  /// Whether a retry request to a peer is under way, or was within its life.
  public boolean hasRetryTo(long peer) {
    return rows.number("SELECT COUNT(*) FROM letter WHERE peer = ? AND purpose = 'RETRY'", peer)
        > 0;
  }

  /// Letters that a node accepted and that no receipt answered.
  public List<Out> accepted() {
    return rows.list(
        "SELECT * FROM letter WHERE state = 'ACCEPTED' ORDER BY id", OutboxTable::read);
  }

  /// Letters to a peer that are wrapped, whether a node has accepted them or not.
  public List<Out> wrapped(long peer) {
    return rows.list(
        "SELECT * FROM letter WHERE peer = ? AND bytes IS NOT NULL AND state IN"
            + " ('WRAPPED', 'ACCEPTED') ORDER BY id",
        OutboxTable::read,
        peer);
  }

  public List<Out> createdBefore(Instant instant) {
    return rows.list(
        "SELECT * FROM letter WHERE created_at < ? AND state <> 'FAILED' ORDER BY id",
        OutboxTable::read,
        instant);
  }

  /// Letters that no node has taken, other than those that need the person.
  public int unaccepted() {
    return (int)
        rows.number(
            "SELECT COUNT(*) FROM letter WHERE state IN ('WAITING', 'WRAPPED')"
                + " AND purpose <> 'TYPING'");
  }

  /// Letters to a peer that no node has taken.
  public int unaccepted(long peer) {
    return (int)
        rows.number(
            "SELECT COUNT(*) FROM letter WHERE peer = ? AND state IN ('WAITING', 'WRAPPED')", peer);
  }

  // --- pieces ---

  public void addPiece(Piece piece) {
    rows.run(
        "INSERT INTO piece (n, letter, lane, id_key, message_key, day, mailbox_key, way,"
            + " envelope_id, envelope, not_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        piece.keys().n(),
        piece.letter(),
        piece.lane(),
        piece.keys().idKey(),
        piece.keys().messageKey(),
        piece.day(),
        piece.reader(),
        piece.way(),
        piece.id(),
        piece.envelope(),
        piece.notBefore());
  }

  /// Replaces the wrapping of a number.
  public void putPiece(Piece piece) {
    rows.run(
        "UPDATE piece SET day = ?, mailbox_key = ?, way = ?, envelope_id = ?, envelope = ?,"
            + " not_before = ? WHERE letter = ? AND n = ?",
        piece.day(),
        piece.reader(),
        piece.way(),
        piece.id(),
        piece.envelope(),
        piece.notBefore(),
        piece.letter(),
        piece.keys().n());
  }

  /// A node has this envelope.
  ///
  /// @return false if the number is wrapped in another one by now, or was placed before
  public boolean placed(long letter, long n, EnvelopeId id) {
    boolean current =
        rows.number(
                "SELECT COUNT(*) FROM piece WHERE letter = ? AND n = ? AND envelope_id = ?"
                    + " AND envelope IS NOT NULL",
                letter,
                n,
                id)
            > 0;
    if (current) {
      rows.run("UPDATE piece SET envelope = NULL WHERE letter = ? AND n = ?", letter, n);
    }
    return current;
  }

  public List<Piece> pieces(long letter) {
    return rows.list(
        "SELECT * FROM piece WHERE letter = ? ORDER BY n", OutboxTable::readPiece, letter);
  }

  public boolean allPlaced(long letter) {
    return rows.number(
            "SELECT COUNT(*) FROM piece WHERE letter = ? AND envelope IS NOT NULL", letter)
        == 0;
  }

  /// Pieces for a peer that no node has yet and that may be offered now.
  public List<Piece> unplaced(long peer, Instant now, int limit) {
    return rows.list(
        "SELECT piece.*"
            + UNPLACED
            + " AND piece.not_before <= ? ORDER BY piece.letter, piece.n"
            + " LIMIT ?",
        OutboxTable::readPiece,
        peer,
        now,
        limit);
  }

  /// When the next piece for a peer may be offered that may not be yet.
  public OptionalLong nextUnplaced(long peer, Instant now) {
    return rows.optionalNumber(
        "SELECT MIN(piece.not_before)" + UNPLACED + " AND piece.not_before > ?", peer, now);
  }

  /// The lowest number of a lane that no node has accepted.
  public OptionalLong lowestUnaccepted(long lane) {
    return rows.optionalNumber(
        "SELECT MIN(piece.n) FROM piece JOIN letter ON letter.id = piece.letter"
            + " WHERE piece.lane = ? AND piece.envelope IS NOT NULL AND letter.state = 'WRAPPED'",
        lane);
  }

  private static Out read(Columns row) throws SQLException {
    ByteString bytes = row.bytesOrNull("bytes");
    Long acceptedAt = row.numberOrNull("accepted_at");
    return new Out(
        row.number("id"),
        row.number("peer"),
        row.name("purpose", Purpose.class),
        row.message("message"),
        row.conversation("conversation"),
        row.bytes("content"),
        row.instant("created_at"),
        row.name("state", State.class),
        row.numberOrNull("lane"),
        bytes == null ? null : new Letter(kind(row.integer("kind")), bytes),
        acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt),
        row.integer("rewraps"));
  }

  private static Piece readPiece(Columns row) throws SQLException {
    ByteString envelope = row.bytesOrNull("envelope");
    return new Piece(
        row.number("letter"),
        row.number("lane"),
        LaneKeys.restore(row.number("n"), row.secret("id_key"), row.secret("message_key")),
        row.day("day"),
        new MailboxKey(row.bytes("mailbox_key")),
        row.nameOrNull("way", Way.class),
        new EnvelopeId(row.bytes("envelope_id")),
        envelope == null ? null : new Envelope(envelope),
        row.instant("not_before"));
  }

  static Letter.Kind kind(int code) throws SQLException {
    try {
      return Letter.Kind.decode(code);
    } catch (MalformedException e) {
      throw new SQLException("a stored letter has no kind", e);
    }
  }
}
