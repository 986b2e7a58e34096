package im.waxwing.store;

import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.Way;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The people this account knows, one conversation each.
public final class ContactTable {
  private final Rows rows;

  ContactTable(Rows rows) {
    this.rows = rows;
  }

  /// `WAITING`: accepted here, no word from there. `LOST`: somebody else used the invitation.
  public enum State {
    WAITING,
    ESTABLISHED,
    LOST
  }

  /// @param listVersion of the device list last taken over; 0: none
  public record Contact(
      AccountId account,
      ConversationId conversation,
      String name,
      State state,
      boolean verified,
      boolean keyChanged,
      long listVersion,
      Instant createdAt) {
    @Override
    public String toString() {
      return "Contact[redacted]";
    }
  }

  public void add(Contact contact) {
    rows.run(
        "INSERT INTO contact (account, conversation, name, state, verified, key_changed,"
            + " list_version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        contact.account(),
        contact.conversation(),
        contact.name(),
        contact.state(),
        contact.verified(),
        contact.keyChanged(),
        contact.listVersion(),
        contact.createdAt());
  }

  public void update(Contact contact) {
    rows.run(
        "UPDATE contact SET name = ?, state = ?, verified = ?, key_changed = ?, list_version = ?"
            + " WHERE account = ?",
        contact.name(),
        contact.state(),
        contact.verified(),
        contact.keyChanged(),
        contact.listVersion(),
        contact.account());
  }

  /// The ways that letters to a contact may take; empty: as the account says.
  public Optional<List<Way>> ways(AccountId account) {
    return rows
        .list(
            "SELECT ways FROM contact WHERE account = ? AND ways IS NOT NULL",
            row -> row.ways("ways"),
            account)
        .stream()
        .findFirst();
  }

  /// @param ways null: as the account says
  public void putWays(AccountId account, @Nullable List<Way> ways) {
    rows.run(
        "UPDATE contact SET ways = ? WHERE account = ?",
        ways == null ? null : Columns.text(ways),
        account);
  }

  /// What this account calls a contact; empty: as they call themselves.
  public Optional<String> nickname(AccountId account) {
    return rows
        .list(
            "SELECT nickname FROM contact WHERE account = ? AND nickname IS NOT NULL",
            row -> row.text("nickname"),
            account)
        .stream()
        .findFirst();
  }

  public void putNickname(AccountId account, @Nullable String nickname) {
    rows.run("UPDATE contact SET nickname = ? WHERE account = ?", nickname, account);
  }

  public boolean isBlocked(AccountId account) {
    return rows.number("SELECT COUNT(*) FROM contact WHERE account = ? AND blocked = 1", account)
        > 0;
  }

  public void block(AccountId account) {
    rows.run("UPDATE contact SET blocked = 1 WHERE account = ?", account);
  }

  public void unblock(AccountId account, Instant at) {
    rows.run("UPDATE contact SET blocked = 0, unblocked_at = ? WHERE account = ?", at, account);
  }

  /// Whether a contact was unblocked after `instant`.
  public boolean wasBlockedUntil(AccountId account, Instant instant) {
    return rows.number(
            "SELECT COUNT(*) FROM contact WHERE account = ? AND unblocked_at > ?", account, instant)
        > 0;
  }

  public void remove(AccountId account) {
    rows.run("DELETE FROM contact WHERE account = ?", account);
  }

  public List<Contact> all() {
    return rows.list("SELECT * FROM contact ORDER BY created_at, account", ContactTable::read);
  }

  public Optional<Contact> find(AccountId account) {
    return rows.one("SELECT * FROM contact WHERE account = ?", ContactTable::read, account);
  }

  public Optional<Contact> find(ConversationId conversation) {
    return rows.one(
        "SELECT * FROM contact WHERE conversation = ?", ContactTable::read, conversation);
  }

  private static Contact read(Columns row) throws SQLException {
    return new Contact(
        row.account("account"),
        row.conversation("conversation"),
        row.text("name"),
        row.name("state", State.class),
        row.flag("verified"),
        row.flag("key_changed"),
        row.number("list_version"),
        row.instant("created_at"));
  }
}
