package im.waxwing.node;

import im.waxwing.protocol.MailboxId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Looks up open mailboxes for one event loop, so that signatures are checked before the committer
/// is troubled. Remembers the last ones used: an open mailbox never changes.
///
/// One thread at a time.
final class MailboxDirectory implements AutoCloseable {
  static final String FIND =
      """
      SELECT number, day, owner_key, deposit_key,
        EXISTS (SELECT 1 FROM swarm_names WHERE name = id) FROM mailboxes WHERE id = ?\
      """;

  private static final int REMEMBERED = 20_000;

  private final Connection connection;
  private final PreparedStatement find;
  private final Map<MailboxId, Mailbox> lastUsed =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MailboxId, Mailbox> eldest) {
          return size() > REMEMBERED;
        }
      };

  private MailboxDirectory(Connection connection) throws SQLException {
    this.connection = connection;
    this.find = connection.prepareStatement(FIND);
  }

  static MailboxDirectory open(Path folder) throws SQLException {
    return new MailboxDirectory(Database.openForReading(folder));
  }

  Optional<Mailbox> find(MailboxId id) throws SQLException {
    Mailbox known = lastUsed.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Mailbox> found = MailboxStore.find(find, id);
    found.ifPresent(mailbox -> lastUsed.put(id, mailbox));
    return found;
  }

  @Override
  public void close() throws SQLException {
    find.close();
    connection.close();
  }
}
