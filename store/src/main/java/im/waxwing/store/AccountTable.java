package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DeviceId;
import im.waxwing.model.Way;
import java.util.List;
import java.util.Optional;

/// Who this device is: one row, once set up.
public final class AccountTable {
  private final Rows rows;

  AccountTable(Rows rows) {
    this.rows = rows;
  }

  /// @param identity the account's identity key pair, as `crypto` writes it
  /// @param list the account's device list, as signed
  public record Account(
      SecretBytes identity,
      DeviceId device,
      String name,
      ByteString list,
      ByteString listSignature,
      long listVersion) {
    @Override
    public String toString() {
      return "Account[redacted]";
    }
  }

  public Optional<Account> find() {
    return rows.one(
        "SELECT * FROM account",
        row ->
            new Account(
                row.secret("identity"),
                new DeviceId(row.integer("device")),
                row.text("name"),
                row.bytes("list"),
                row.bytes("list_signature"),
                row.number("list_version")));
  }

  public void put(Account account, List<Way> ways) {
    rows.run(
        "INSERT INTO account (one, identity, device, name, list, list_signature, list_version,"
            + " ways) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        account.identity(),
        account.device().number(),
        account.name(),
        account.list(),
        account.listSignature(),
        account.listVersion(),
        Columns.text(ways));
  }

  /// The ways that letters may take, in the order in which they are tried.
  public List<Way> ways() {
    return rows.one("SELECT ways FROM account", row -> row.ways("ways")).orElseThrow();
  }

  public void putWays(List<Way> ways) {
    rows.run("UPDATE account SET ways = ?", Columns.text(ways));
  }

  /// What contacts are told by the way, and this account is told of them.
  ///
  /// @param typing that something is being written
  /// @param readMarks that messages were read
  public record Courtesies(boolean typing, boolean readMarks) {}

  public Courtesies courtesies() {
    return rows.one(
            "SELECT typing, read_marks FROM account",
            row -> new Courtesies(row.flag("typing"), row.flag("read_marks")))
        .orElseThrow();
  }

  public void putCourtesies(Courtesies courtesies) {
    rows.run(
        "UPDATE account SET typing = ?, read_marks = ?",
        courtesies.typing(),
        courtesies.readMarks());
  }

  public void rename(String name) {
    rows.run("UPDATE account SET name = ?", name);
  }

  public void putList(ByteString list, ByteString signature, long version) {
    rows.run(
        "UPDATE account SET list = ?, list_signature = ?, list_version = ?",
        list,
        signature,
        version);
  }
}
