package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.MailboxTarget;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The other devices: those of contacts, and this account's other ones.
public final class PeerTable {
  private final Rows rows;

  PeerTable(Rows rows) {
    this.rows = rows;
  }

  /// @param targets where letters to it can go, at least one
  /// @param lane the sending lane in use; null: it cannot be written to yet
  /// @param bundleGiven the encoded bundle with which it was asked for a new session, until then
  /// @param bundleTaken hash of the bundle with which it last asked for one
  public record Peer(
      long id,
      DeviceAddress address,
      List<MailboxTarget> targets,
      @Nullable Long lane,
      @Nullable ByteString bundleGiven,
      @Nullable ByteString bundleTaken) {
    @Override
    public String toString() {
      return "Peer[redacted]";
    }
  }

  public long add(DeviceAddress address, List<MailboxTarget> targets) {
    long id =
        rows.insert(
            "INSERT INTO peer (account, device) VALUES (?, ?)",
            address.account(),
            address.device().number());
    addTargets(id, targets);
    return id;
  }

  public void putTargets(long id, List<MailboxTarget> targets) {
    rows.run("DELETE FROM peer_mailbox WHERE peer = ?", id);
    addTargets(id, targets);
  }

  private void addTargets(long id, List<MailboxTarget> targets) {
    for (int position = 0; position < targets.size(); position++) {
      MailboxTarget target = targets.get(position);
      rows.run(
          "INSERT INTO peer_mailbox (peer, position, place, mailbox_key, deposit_secret)"
              + " VALUES (?, ?, ?, ?, ?)",
          id,
          position,
          target.place().format(),
          target.key(),
          target.depositSecret());
    }
  }

  public void putLane(long id, long lane) {
    rows.run("UPDATE peer SET lane = ? WHERE id = ?", lane, id);
  }

  public void putBundleGiven(long id, @Nullable ByteString bundle) {
    rows.run("UPDATE peer SET bundle_given = ? WHERE id = ?", bundle, id);
  }

  public void putBundleTaken(long id, ByteString hash) {
    rows.run("UPDATE peer SET bundle_taken = ? WHERE id = ?", hash, id);
  }

  public Optional<Peer> find(long id) {
    return rows.one("SELECT * FROM peer WHERE id = ?", this::read, id);
  }

  public Optional<Peer> find(DeviceAddress address) {
    return rows.one(
        "SELECT * FROM peer WHERE account = ? AND device = ?",
        this::read,
        address.account(),
        address.device().number());
  }

  public List<Peer> of(AccountId account) {
    return rows.list("SELECT * FROM peer WHERE account = ? ORDER BY device", this::read, account);
  }

  public List<Peer> all() {
    return rows.list("SELECT * FROM peer ORDER BY id", this::read);
  }

  private Peer read(Columns row) throws SQLException {
    long id = row.number("id");
    return new Peer(
        id,
        row.device(),
        targets(id),
        row.numberOrNull("lane"),
        row.bytesOrNull("bundle_given"),
        row.bytesOrNull("bundle_taken"));
  }

  private List<MailboxTarget> targets(long id) {
    return rows.list(
        "SELECT * FROM peer_mailbox WHERE peer = ? ORDER BY position", Columns::target, id);
  }
}
