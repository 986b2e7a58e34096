package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Place;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Invitations made here, and those of others that were looked at here.
public final class InvitationTable {
  private final Rows rows;

  InvitationTable(Rows rows) {
    this.rows = rows;
  }

  public enum State {
    OPEN,
    USED,
    REVOKED
  }

  /// `PUT` and `REMOVE` are to be done at the node, `LIES` and `GONE` are done.
  public enum DrawerState {
    PUT,
    LIES,
    REMOVE,
    GONE
  }

  /// An invitation made here.
  ///
  /// @param name 16 random bytes by which interfaces call it
  /// @param object the sealed object that lies, or is to lie, in the drawer: 2,560 bytes
  /// @param home where the drawer stands, with the right to lay it
  /// @param lane the receiving lane of the guest's first letter
  public record Made(
      long id,
      ByteString name,
      String link,
      Instant createdAt,
      Instant expiresAt,
      State state,
      @Nullable AccountId usedBy,
      DrawerHandle handle,
      SecretBytes drawerKey,
      SecretBytes ownerSeed,
      ByteString object,
      Day lastDay,
      DrawerState drawer,
      Home home,
      long mailbox,
      long lane) {
    @Override
    public String toString() {
      return "Made[redacted]";
    }
  }

  /// An invitation of somebody else.
  ///
  /// @param nonce 16 bytes that bind the drawer to this device
  /// @param introduction what lay in the drawer, opened; null: not taken out yet
  public record Taken(
      DrawerHandle handle,
      ByteString nonce,
      AccountId host,
      Place place,
      SecretBytes drawerKey,
      Instant expiresAt,
      @Nullable ByteString introduction,
      boolean accepted) {
    @Override
    public String toString() {
      return "Taken[redacted]";
    }
  }

  /// @param made its id is ignored
  public long add(Made made) {
    return rows.insert(
        "INSERT INTO invitation (name, link, created_at, expires_at, state, used_by, handle,"
            + " drawer_key, owner_seed, object, last_day, drawer, home, mailbox,"
            + " lane) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.name(),
        made.link(),
        made.createdAt(),
        made.expiresAt(),
        made.state(),
        made.usedBy(),
        made.handle(),
        made.drawerKey(),
        made.ownerSeed(),
        made.object(),
        made.lastDay(),
        made.drawer(),
        made.home().format(),
        made.mailbox(),
        made.lane());
  }

  public void putState(long id, State state, @Nullable AccountId usedBy) {
    rows.run("UPDATE invitation SET state = ?, used_by = ? WHERE id = ?", state, usedBy, id);
  }

  public void putDrawer(long id, DrawerState state) {
    rows.run("UPDATE invitation SET drawer = ? WHERE id = ?", state, id);
  }

  public void putObject(long id, ByteString object) {
    rows.run("UPDATE invitation SET object = ?, drawer = 'PUT' WHERE id = ?", object, id);
  }

  public List<Made> all() {
    return rows.list("SELECT * FROM invitation ORDER BY id", InvitationTable::read);
  }

  public Optional<Made> find(long id) {
    return rows.one("SELECT * FROM invitation WHERE id = ?", InvitationTable::read, id);
  }

  public Optional<Made> find(ByteString name) {
    return rows.one("SELECT * FROM invitation WHERE name = ?", InvitationTable::read, name);
  }

  public Optional<Made> find(DrawerHandle handle) {
    return rows.one("SELECT * FROM invitation WHERE handle = ?", InvitationTable::read, handle);
  }

  public Optional<Made> withLane(long lane) {
    return rows.one("SELECT * FROM invitation WHERE lane = ?", InvitationTable::read, lane);
  }

  public void addTaken(Taken taken) {
    rows.run(
        "INSERT INTO taken (handle, nonce, host, place, drawer_key, expires_at, introduction,"
            + " accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        taken.handle(),
        taken.nonce(),
        taken.host(),
        taken.place().format(),
        taken.drawerKey(),
        taken.expiresAt(),
        taken.introduction(),
        taken.accepted());
  }

  public void putIntroduction(DrawerHandle handle, ByteString introduction) {
    rows.run("UPDATE taken SET introduction = ? WHERE handle = ?", introduction, handle);
  }

  public void accept(DrawerHandle handle) {
    rows.run("UPDATE taken SET accepted = 1 WHERE handle = ?", handle);
  }

  public Optional<Taken> taken(DrawerHandle handle) {
    return rows.one("SELECT * FROM taken WHERE handle = ?", InvitationTable::readTaken, handle);
  }

  /// Accepted ones of hosts that have not answered.
  public List<Taken> waiting() {
    return rows.list(
        "SELECT taken.* FROM taken JOIN contact ON contact.account = taken.host"
            + " WHERE taken.accepted = 1 AND contact.state = 'WAITING' ORDER BY taken.handle",
        InvitationTable::readTaken);
  }

  private static Made read(Columns row) throws SQLException {
    ByteString usedBy = row.bytesOrNull("used_by");
    return new Made(
        row.number("id"),
        row.bytes("name"),
        row.text("link"),
        row.instant("created_at"),
        row.instant("expires_at"),
        row.name("state", State.class),
        usedBy == null ? null : new AccountId(usedBy),
        new DrawerHandle(row.bytes("handle")),
        row.secret("drawer_key"),
        row.secret("owner_seed"),
        row.bytes("object"),
        row.day("last_day"),
        row.name("drawer", DrawerState.class),
        row.home("home"),
        row.number("mailbox"),
        row.number("lane"));
  }

  private static Taken readTaken(Columns row) throws SQLException {
    return new Taken(
        new DrawerHandle(row.bytes("handle")),
        row.bytes("nonce"),
        row.account("host"),
        row.place("place"),
        row.secret("drawer_key"),
        row.instant("expires_at"),
        row.bytesOrNull("introduction"),
        row.flag("accepted"));
  }
}
