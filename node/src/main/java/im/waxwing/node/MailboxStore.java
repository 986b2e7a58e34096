package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.VerifyingKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The mailboxes and drawers on disk. Nothing is durable before [#commit] returns.
///
/// One thread at a time: the [Committer]'s.
final class MailboxStore implements AutoCloseable {
  /// Envelopes live until this many days after the day of their mailbox (mailbox.md §5).
  static final int DAYS_KEPT = 30;

  private static final int SEQUENCE_BITS = 20;
  private static final long LAST_SEQUENCE = (1L << SEQUENCE_BITS) - 1;
  private static final long NUMBER_MASK = (1L << 42) - 1;

  private final Connection connection;
  private final Limits limits;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final SwarmStore swarm;
  private long mailboxes;
  private long drawers;

  private MailboxStore(Connection connection, Limits limits) throws SQLException {
    this.connection = connection;
    this.limits = limits;
    this.swarm = new SwarmStore(this, limits);
    count();
  }

  static MailboxStore open(Path folder, Limits limits) throws NodeException {
    try {
      return new MailboxStore(Database.openForWriting(folder), limits);
    } catch (SQLException e) {
      throw new NodeException.BadStore(
          "the store cannot be opened",
          "check that the disk is not full and that the folder is yours",
          e);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /// The driver gives up statements that failed, so all are prepared anew.
  void rollback() throws SQLException {
    closeStatements();
    connection.rollback();
    count();
  }

  /// Whether a mailbox with this id is open now; opening it again changes nothing.
  AnswerCode open(Request.Open request) throws SQLException {
    if (find(request.mailbox()).isPresent()) {
      return AnswerCode.OK;
    }
    if (mailboxes >= limits.mailboxes()) {
      return AnswerCode.FULL;
    }
    PreparedStatement insert =
        prepare(
            """
            INSERT INTO mailboxes (id, number, day, owner_key, deposit_key, arrived, held)
            VALUES (?, ?, ?, ?, ?, 0, 0)\
            """);
    insert.setBytes(1, request.mailbox().bytes().toByteArray());
    insert.setLong(2, freeNumber());
    insert.setLong(3, request.day().number());
    insert.setBytes(4, request.owner().bytes().toByteArray());
    insert.setBytes(5, request.depositor().bytes().toByteArray());
    insert.executeUpdate();
    mailboxes++;
    return AnswerCode.OK;
  }

  Optional<Mailbox> find(MailboxId id) throws SQLException {
    return find(prepare(MailboxDirectory.FIND), id);
  }

  static Optional<Mailbox> find(PreparedStatement select, MailboxId id) throws SQLException {
    select.setBytes(1, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new Mailbox(
                  id,
                  rows.getLong(1),
                  new Day(rows.getLong(2)),
                  key(rows, 3),
                  key(rows, 4),
                  rows.getBoolean(5)))
          : Optional.empty();
    }
  }

  private static VerifyingKey key(ResultSet rows, int column) throws SQLException {
    return new VerifyingKey(ByteString.copyOf(rows.getBytes(column)));
  }

  private long freeNumber() throws SQLException {
    PreparedStatement select = prepare("SELECT 1 FROM mailboxes WHERE number = ?");
    while (true) {
      long number = random.nextLong() & NUMBER_MASK;
      select.setLong(1, number);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return number;
        }
      }
    }
  }

  /// Stores an envelope as the mailbox's last, unless it is there already.
  AnswerCode deposit(Mailbox mailbox, EnvelopeId id, Envelope envelope) throws SQLException {
    Optional<byte[]> present = envelope(mailbox, id);
    if (present.isPresent()) {
      boolean same = Arrays.equals(present.get(), envelope.bytes().toByteArray());
      return same ? AnswerCode.OK : AnswerCode.CONFLICT;
    }
    Optional<Long> sequence = nextSequence(mailbox);
    if (sequence.isEmpty()) {
      return AnswerCode.FULL;
    }
    PreparedStatement insert =
        prepare("INSERT INTO envelopes (place, mailbox, id, bytes) VALUES (?, ?, ?, ?)");
    insert.setLong(1, place(mailbox, sequence.get()));
    insert.setLong(2, mailbox.number());
    insert.setBytes(3, id.bytes().toByteArray());
    insert.setBytes(4, envelope.bytes().toByteArray());
    insert.executeUpdate();
    return AnswerCode.OK;
  }

  private Optional<byte[]> envelope(Mailbox mailbox, EnvelopeId id) throws SQLException {
    PreparedStatement select = prepare("SELECT bytes FROM envelopes WHERE mailbox = ? AND id = ?");
    select.setLong(1, mailbox.number());
    select.setBytes(2, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
    }
  }

  /// Sequences are never used twice, so that a reader's cursor stays right after deletions.
  private Optional<Long> nextSequence(Mailbox mailbox) throws SQLException {
    PreparedStatement update =
        prepare(
            """
            UPDATE mailboxes SET arrived = arrived + 1, held = held + 1
            WHERE id = ? AND held < ? AND arrived < ? RETURNING arrived\
            """);
    update.setBytes(1, mailbox.id().bytes().toByteArray());
    update.setLong(2, limits.envelopesPerMailbox());
    update.setLong(3, LAST_SEQUENCE);
    try (ResultSet rows = update.executeQuery()) {
      return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
    }
  }

  private static long place(Mailbox mailbox, long sequence) {
    return (mailbox.number() << SEQUENCE_BITS) + sequence;
  }

  /// The envelopes behind a sequence in their order, at most `count`.
  List<Held> behind(Mailbox mailbox, long sequence, int count) throws SQLException {
    if (sequence >= LAST_SEQUENCE) {
      return List.of();
    }
    PreparedStatement select =
        prepare(
            """
            SELECT place, id, bytes FROM envelopes
            WHERE place > ? AND place <= ? ORDER BY place LIMIT ?\
            """);
    select.setLong(1, place(mailbox, sequence));
    select.setLong(2, place(mailbox, LAST_SEQUENCE));
    select.setInt(3, count);
    List<Held> held = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        held.add(
            new Held(
                rows.getLong(1) & LAST_SEQUENCE,
                new EnvelopeId(ByteString.copyOf(rows.getBytes(2))),
                new Envelope(ByteString.copyOf(rows.getBytes(3)))));
      }
    }
    return held;
  }

  /// Forgets envelopes; those it does not hold are no error.
  void delete(Mailbox mailbox, List<EnvelopeId> ids) throws SQLException {
    PreparedStatement delete = prepare("DELETE FROM envelopes WHERE mailbox = ? AND id = ?");
    int gone = 0;
    for (EnvelopeId id : ids) {
      delete.setLong(1, mailbox.number());
      delete.setBytes(2, id.bytes().toByteArray());
      gone += delete.executeUpdate();
    }
    PreparedStatement update = prepare("UPDATE mailboxes SET held = held - ? WHERE id = ?");
    update.setInt(1, gone);
    update.setBytes(2, mailbox.id().bytes().toByteArray());
    update.executeUpdate();
  }

  /// Lays an object, or replaces it if `owner` laid the one before; who took it stays bound.
  AnswerCode putDrawer(Request.PutDrawer request) throws SQLException {
    Optional<VerifyingKey> owner = drawerOwner(request.handle().bytes());
    if (owner.isPresent() && !owner.get().equals(request.owner())) {
      return AnswerCode.CONFLICT;
    }
    if (owner.isEmpty() && drawers >= limits.drawers()) {
      return AnswerCode.FULL;
    }
    PreparedStatement put =
        prepare(
            """
            INSERT INTO drawers (handle, owner_key, last_day, object) VALUES (?, ?, ?, ?)
            ON CONFLICT (handle) DO UPDATE
            SET last_day = excluded.last_day, object = excluded.object\
            """);
    put.setBytes(1, request.handle().bytes().toByteArray());
    put.setBytes(2, request.owner().bytes().toByteArray());
    put.setLong(3, request.lastDay().number());
    put.setBytes(4, request.object().bytes().toByteArray());
    put.executeUpdate();
    drawers += owner.isEmpty() ? 1 : 0;
    return AnswerCode.OK;
  }

  /// What a drawer gave.
  sealed interface Taken {
    record Yes(ByteString object) implements Taken {}

    record No(AnswerCode code) implements Taken {}
  }

  /// The object of a drawer that is not over; binds it to the first nonce.
  Taken takeDrawer(Request.TakeDrawer request, Day today) throws SQLException {
    PreparedStatement select =
        prepare("SELECT object, nonce FROM drawers WHERE handle = ? AND last_day >= ?");
    select.setBytes(1, request.handle().bytes().toByteArray());
    select.setLong(2, today.number());
    try (ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return new Taken.No(AnswerCode.UNKNOWN_DRAWER);
      }
      ByteString object = ByteString.copyOf(rows.getBytes(1));
      byte[] nonce = rows.getBytes(2);
      if (nonce == null) {
        bind(request);
        return new Taken.Yes(object);
      }
      return ByteString.copyOf(nonce).equals(request.nonce())
          ? new Taken.Yes(object)
          : new Taken.No(AnswerCode.TAKEN);
    }
  }

  private void bind(Request.TakeDrawer request) throws SQLException {
    PreparedStatement update = prepare("UPDATE drawers SET nonce = ? WHERE handle = ?");
    update.setBytes(1, request.nonce().toByteArray());
    update.setBytes(2, request.handle().bytes().toByteArray());
    update.executeUpdate();
  }

  /// The key that may replace or remove what lies in a drawer; empty: there is none.
  Optional<VerifyingKey> drawerOwner(ByteString handle) throws SQLException {
    PreparedStatement select = prepare("SELECT owner_key FROM drawers WHERE handle = ?");
    select.setBytes(1, handle.toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(key(rows, 1)) : Optional.empty();
    }
  }

  void removeDrawer(ByteString handle) throws SQLException {
    PreparedStatement delete = prepare("DELETE FROM drawers WHERE handle = ?");
    delete.setBytes(1, handle.toByteArray());
    drawers -= delete.executeUpdate();
  }

  /// Forgets what is over: mailboxes of days more than [#DAYS_KEPT] ago with their envelopes, and
  /// drawers whose last day is past. Returns how many mailboxes and drawers went.
  int sweep(Day today) throws SQLException {
    int gone = 0;
    PreparedStatement over = prepare("SELECT number FROM mailboxes WHERE day < ? LIMIT 1000");
    over.setLong(1, today.number() - DAYS_KEPT);
    List<Long> numbers = new ArrayList<>();
    try (ResultSet rows = over.executeQuery()) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    for (long number : numbers) {
      update("DELETE FROM envelopes WHERE mailbox = ?", number);
      gone += update("DELETE FROM mailboxes WHERE number = ?", number);
    }
    mailboxes -= gone;
    int emptied = update("DELETE FROM drawers WHERE last_day < ?", today.number());
    drawers -= emptied;
    return gone + emptied;
  }

  /// Forgets a mailbox and all that is in it.
  void forget(Mailbox mailbox) throws SQLException {
    update("DELETE FROM envelopes WHERE mailbox = ?", mailbox.number());
    mailboxes -= update("DELETE FROM mailboxes WHERE number = ?", mailbox.number());
  }

  /// The part of the store that is for swarms.
  SwarmStore swarm() {
    return swarm;
  }

  /// Moves the log's content into the database and cuts the log to nothing: the log would tell the
  /// order of the last writes. Not within a transaction.
  void emptyLog() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  private void count() throws SQLException {
    mailboxes = query("SELECT count(*) FROM mailboxes");
    drawers = query("SELECT count(*) FROM drawers");
    connection.commit();
  }

  private long query(String sql) throws SQLException {
    try (ResultSet rows = prepare(sql).executeQuery()) {
      return rows.getLong(1);
    }
  }

  private int update(String sql, long value) throws SQLException {
    PreparedStatement statement = prepare(sql);
    statement.setLong(1, value);
    return statement.executeUpdate();
  }

  /// A statement kept for the next time.
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    closeStatements();
    emptyLog();
    connection.close();
  }

  private void closeStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }
}
