package im.waxwing.store;

import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
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

  /// @param token the right to open it at its node
  /// @param firstDay the first day it was open
  /// @param lastDay the last day it is read; null: for ever
  /// @param former whether this device lived there before it moved house
  public record Own(
      long id,
      OwnMailbox mailbox,
      AdmissionToken token,
      Day firstDay,
      @Nullable Day lastDay,
      boolean former) {
    public Place place() {
      return mailbox.target().place();
    }

    @Override
    public String toString() {
      return "Own[redacted]";
    }
  }

  private static String home(Place place, AdmissionToken token) {
    return switch (place) {
      case NodeAddress node -> new NodeAddress.WithAdmission(node, token).format();
      case NetworkAddress network -> network.format();
    };
  }

  /// What is known of a mailbox's day.
  public enum DayState {
    OPEN,
    DRAINED
  }

  public long add(OwnMailbox mailbox, AdmissionToken token, Day firstDay, @Nullable Day lastDay) {
    return rows.insert(
        "INSERT INTO mailbox (home, key, deposit_secret, owner_seed, first_day, last_day)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        home(mailbox.target().place(), token),
        mailbox.target().key(),
        mailbox.target().depositSecret(),
        mailbox.ownerSeed(),
        firstDay,
        lastDay);
  }

  public List<Own> all() {
    return rows.list("SELECT * FROM mailbox ORDER BY id", MailboxTable::read);
  }

  public Optional<Own> find(long id) {
    return rows.one("SELECT * FROM mailbox WHERE id = ?", MailboxTable::read, id);
  }

  /// The device moves out: letters that come until `lastDay` are read.
  public void leave(long id, Day lastDay) {
    rows.run("UPDATE mailbox SET former = 1, last_day = ? WHERE id = ?", lastDay, id);
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

  private static Own read(Columns row) throws SQLException {
    Long lastDay = row.numberOrNull("last_day");
    NodeAddress.WithAdmission home = row.home("home");
    MailboxTarget target =
        new MailboxTarget(
            home.node(), new MailboxKey(row.bytes("key")), row.secret("deposit_secret"));
    return new Own(
        row.number("id"),
        new OwnMailbox(target, row.secret("owner_seed")),
        home.token(),
        row.day("first_day"),
        lastDay == null ? null : new Day(lastDay),
        row.flag("former"));
  }
}
