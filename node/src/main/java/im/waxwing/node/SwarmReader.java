package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.swarm.Digest;
import im.waxwing.protocol.swarm.EntryPage;
import im.waxwing.protocol.swarm.NamePage;
import im.waxwing.protocol.swarm.PeerRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads what a swarm's member keeps, beside the [Committer]: only what is on disk. Safe for many
/// threads, one after the other.
final class SwarmReader implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private SwarmReader(Connection connection) {
    this.connection = connection;
  }

  static SwarmReader open(Path folder) throws SQLException {
    return new SwarmReader(Database.openForReading(folder));
  }

  /// Something kept by a swarm.
  ///
  /// @param request by which it is what it is: [Request.Open], [Request.PutDrawer] or
  ///   [Request.RemoveDrawer]
  record Known(ByteString name, Day day, Request request) {
    @Override
    public String toString() {
      return "Known[redacted]";
    }
  }

  synchronized Optional<Known> find(ByteString name) throws SQLException {
    PreparedStatement select = prepare("SELECT name, day, request FROM swarm_names WHERE name = ?");
    select.setBytes(1, name.toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(known(rows)) : Optional.empty();
    }
  }

  private static Known known(ResultSet rows) throws SQLException {
    return new Known(
        ByteString.copyOf(rows.getBytes(1)),
        new Day(rows.getLong(2)),
        SwarmStore.decode(rows.getBytes(3)));
  }

  synchronized Optional<Mailbox> mailbox(ByteString name) throws SQLException {
    return MailboxStore.find(prepare(MailboxDirectory.FIND), new MailboxId(name));
  }

  /// The days of which anything is kept.
  synchronized List<Day> days() throws SQLException {
    List<Day> days = new ArrayList<>();
    try (ResultSet rows =
        prepare("SELECT DISTINCT day FROM swarm_names ORDER BY day").executeQuery()) {
      while (rows.next()) {
        days.add(new Day(rows.getLong(1)));
      }
    }
    return days;
  }

  /// The names of a day, in their order.
  synchronized List<ByteString> names(Day day) throws SQLException {
    return ofDay(day).stream().map(Known::name).toList();
  }

  /// The names of a day that are wanted, in their order, each with the digest of what is in it.
  synchronized List<NamePage.Line> lines(Day day, Predicate<ByteString> wanted)
      throws SQLException {
    List<NamePage.Line> lines = new ArrayList<>();
    for (Known known : ofDay(day)) {
      if (wanted.test(known.name())) {
        lines.add(new NamePage.Line(known.name(), digest(known)));
      }
    }
    return lines;
  }

  private List<Known> ofDay(Day day) throws SQLException {
    PreparedStatement select =
        prepare("SELECT name, day, request FROM swarm_names WHERE day = ? ORDER BY name");
    select.setLong(1, day.number());
    List<Known> known = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        known.add(known(rows));
      }
    }
    return known;
  }

  /// The digest of a mailbox gathers its entries, that of a drawer the object or its removal.
  private Digest digest(Known known) throws SQLException {
    Digest.Gathering gathering = Digest.gather();
    Optional<Mailbox> mailbox = mailbox(known.name());
    if (mailbox.isPresent()) {
      entries(mailbox.get(), PeerRequest.Pull.ITSELF, Integer.MAX_VALUE)
          .forEach(entry -> gathering.add(entry.bytes()));
      return gathering.digest();
    }
    return gathering.add(known.request().encode()).digest();
  }

  synchronized Optional<Digest> digest(ByteString name) throws SQLException {
    Optional<Known> known = find(name);
    return known.isEmpty() ? Optional.empty() : Optional.of(digest(known.get()));
  }

  /// Envelopes and tombstones behind an id, in their order.
  synchronized List<EntryPage.Entry> entries(Mailbox mailbox, EnvelopeId after, int most)
      throws SQLException {
    PreparedStatement select =
        prepare(
            """
            SELECT id, deletion IS NOT NULL FROM entries
            WHERE mailbox = ? AND id > ? ORDER BY id LIMIT ?\
            """);
    select.setLong(1, mailbox.number());
    select.setBytes(2, after.bytes().toByteArray());
    select.setInt(3, most);
    List<EntryPage.Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new EntryPage.Entry(
                new EnvelopeId(ByteString.copyOf(rows.getBytes(1))), rows.getBoolean(2)));
      }
    }
    return entries;
  }

  /// What is known of an envelope; empty: nothing.
  synchronized Optional<EntryPage.Entry> entry(Mailbox mailbox, EnvelopeId id) throws SQLException {
    PreparedStatement select =
        prepare("SELECT deletion IS NOT NULL FROM entries WHERE mailbox = ? AND id = ?");
    select.setLong(1, mailbox.number());
    select.setBytes(2, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next()
          ? Optional.of(new EntryPage.Entry(id, rows.getBoolean(1)))
          : Optional.empty();
    }
  }

  /// The depositor's or the owner's signed request that an envelope or a tombstone comes from.
  synchronized Optional<Request> original(Mailbox mailbox, EnvelopeId id) throws SQLException {
    Optional<Request> deletion = deletion(mailbox, id);
    return deletion.isPresent() ? deletion : deposit(mailbox, id);
  }

  private Optional<Request> deletion(Mailbox mailbox, EnvelopeId id) throws SQLException {
    PreparedStatement select =
        prepare(
            """
            SELECT d.request FROM entries e
            JOIN deletions d ON d.mailbox = e.mailbox AND d.hash = e.deletion
            WHERE e.mailbox = ? AND e.id = ?\
            """);
    select.setLong(1, mailbox.number());
    select.setBytes(2, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(SwarmStore.decode(rows.getBytes(1))) : Optional.empty();
    }
  }

  private Optional<Request> deposit(Mailbox mailbox, EnvelopeId id) throws SQLException {
    PreparedStatement select =
        prepare(
            """
            SELECT v.bytes, e.signature FROM entries e
            JOIN envelopes v ON v.mailbox = e.mailbox AND v.id = e.id
            WHERE e.mailbox = ? AND e.id = ?\
            """);
    select.setLong(1, mailbox.number());
    select.setBytes(2, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new Request.Deposit(
                  mailbox.id(),
                  id,
                  new Envelope(ByteString.copyOf(rows.getBytes(1))),
                  new Signature(ByteString.copyOf(rows.getBytes(2)))))
          : Optional.empty();
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  @Override
  public synchronized void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    connection.close();
  }
}
