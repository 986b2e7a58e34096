package im.waxwing.store;

import im.waxwing.model.Day;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Place;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The mailboxes that this device owns, and which of their days are open or read to the end.
public final class MailboxTable {
  private final Rows rows;

  MailboxTable(Rows rows) {
    this.rows = rows;
  }

  /// What a mailbox is to this device.
  public enum Role {
    /// It lives there.
    HOME,
    /// It lived there before it moved house.
    FORMER,
    /// It awaits the guest of an invitation.
    INVITATION
  }

  /// @param home where it stands, with the right to open it
  /// @param firstDay the first day it was open
  /// @param lastDay the last day it is read; null: for ever
  public record Own(
      long id, OwnMailbox mailbox, Home home, Day firstDay, @Nullable Day lastDay, Role role) {
    public Place place() {
      return home.place();
    }

    @Override
    public String toString() {
      return "Own[redacted]";
    }
  }

  /// What is known of a mailbox's day.
  public enum DayState {
    OPEN,
    DRAINED
  }

  public long add(OwnMailbox mailbox, Home home, Day firstDay, @Nullable Day lastDay, Role role) {
    return rows.insert(
        "INSERT INTO mailbox (home, key, deposit_secret, owner_seed, first_day, last_day, role)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        home.format(),
        mailbox.target().key(),
        mailbox.target().depositSecret(),
        mailbox.ownerSeed(),
        firstDay,
        lastDay,
        role);
  }

  public List<Own> all() {
    return rows.list("SELECT * FROM mailbox ORDER BY id", MailboxTable::read);
  }

  /// Those where this device lives.
  public List<Own> homes() {
    return rows.list(
        "SELECT * FROM mailbox WHERE role = ? ORDER BY id", MailboxTable::read, Role.HOME);
  }

  /// Has every home be given a new mailbox.
  public void askToRenew() {
    rows.run("UPDATE mailbox SET to_renew = 1 WHERE role = ?", Role.HOME);
  }

  /// A home that is to be given a new mailbox.
  public Optional<Own> toRenew() {
    return rows.one(
        "SELECT * FROM mailbox WHERE role = ? AND to_renew = 1 ORDER BY id",
        MailboxTable::read,
        Role.HOME);
  }

  public Optional<Own> find(long id) {
    return rows.one("SELECT * FROM mailbox WHERE id = ?", MailboxTable::read, id);
  }

  /// The device moves out: letters that come until `lastDay` are read.
  public void leave(long id, Day lastDay) {
    rows.run("UPDATE mailbox SET role = ?, last_day = ? WHERE id = ?", Role.FORMER, lastDay, id);
  }

  public void remove(long id) {
    rows.run("DELETE FROM mailbox WHERE id = ?", id);
    rows.run("DELETE FROM mailbox_day WHERE mailbox = ?", id);
    rows.run("DELETE FROM unmatched WHERE mailbox = ?", id);
  }

  public Set<Day> days(long mailbox, DayState state) {
    return new TreeSet<>(
        rows.list(
            "SELECT day FROM mailbox_day WHERE mailbox = ? AND state = ?",
            row -> row.day("day"),
            mailbox,
            state));
  }

  public void mark(long mailbox, Day day, DayState state) {
    rows.run(
        "INSERT INTO mailbox_day (mailbox, day, state) VALUES (?, ?, ?)"
            + " ON CONFLICT (mailbox, day) DO UPDATE SET state = excluded.state",
        mailbox,
        day,
        state);
  }

  public void unmark(long mailbox, Day day) {
    rows.run("DELETE FROM mailbox_day WHERE mailbox = ? AND day = ?", mailbox, day);
  }

  public void forgetDaysBefore(Day day) {
    rows.run("DELETE FROM mailbox_day WHERE day < ?", day);
  }

  static Own read(Columns row) throws SQLException {
    Long lastDay = row.numberOrNull("last_day");
    Home home = row.home("home");
    MailboxTarget target =
        new MailboxTarget(
            home.place(), new MailboxKey(row.bytes("key")), row.secret("deposit_secret"));
    return new Own(
        row.number("id"),
        new OwnMailbox(target, row.secret("owner_seed")),
        home,
        row.day("first_day"),
        lastDay == null ? null : new Day(lastDay),
        row.name("role", Role.class));
  }
}
