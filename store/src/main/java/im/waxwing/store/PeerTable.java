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

  /// @param target where letters to it go
  /// @param lane the sending lane in use; null: it cannot be written to yet
  /// @param bundleGiven the encoded bundle with which it was asked for a new session, until then
  /// @param bundleTaken hash of the bundle with which it last asked for one
  public record Peer(
      long id,
      DeviceAddress address,
      MailboxTarget target,
      @Nullable Long lane,
      @Nullable ByteString bundleGiven,
      @Nullable ByteString bundleTaken) {
    @Override
    public String toString() {
      return "Peer[redacted]";
    }
  }

  public long add(DeviceAddress address, MailboxTarget target) {
    return rows.insert(
        "INSERT INTO peer (account, device, node, mailbox_key, deposit_secret)"
            + " VALUES (?, ?, ?, ?, ?)",
        address.account(),
        address.device().number(),
        target.place().format(),
        target.key(),
        target.depositSecret());
  }

  public void putTarget(long id, MailboxTarget target) {
    rows.run(
        "UPDATE peer SET node = ?, mailbox_key = ?, deposit_secret = ? WHERE id = ?",
        target.place().format(),
        target.key(),
        target.depositSecret(),
        id);
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
    return rows.one("SELECT * FROM peer WHERE id = ?", PeerTable::read, id);
  }

  public Optional<Peer> find(DeviceAddress address) {
    return rows.one(
        "SELECT * FROM peer WHERE account = ? AND device = ?",
        PeerTable::read,
        address.account(),
        address.device().number());
  }

  public List<Peer> of(AccountId account) {
    return rows.list(
        "SELECT * FROM peer WHERE account = ? ORDER BY device", PeerTable::read, account);
  }

  public List<Peer> all() {
    return rows.list("SELECT * FROM peer ORDER BY id", PeerTable::read);
  }

  private static Peer read(Columns row) throws SQLException {
    return new Peer(
        row.number("id"),
        row.device(),
        row.target("mailbox_key"),
        row.numberOrNull("lane"),
        row.bytesOrNull("bundle_given"),
        row.bytesOrNull("bundle_taken"));
  }
}
