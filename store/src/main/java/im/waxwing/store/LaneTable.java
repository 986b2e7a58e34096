package im.waxwing.store;

import im.waxwing.crypto.ReceivingLane;
import im.waxwing.crypto.SendingLane;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Both kinds of lanes; [LaneKeyTable] has the numbers of the receiving ones.
public final class LaneTable {
  private final Rows rows;
  private final LaneKeyTable keys;

  LaneTable(Rows rows, LaneKeyTable keys) {
    this.rows = rows;
    this.keys = keys;
  }

  /// Which mailboxes the envelopes of a lane come to.
  ///
  /// @param own all mailboxes where this device lives or has lived
  /// @param invitation a mailbox where they may come to as well
  public record Source(boolean own, @Nullable Long invitation) {
    public static final Source OWN = new Source(true, null);

    /// That of an invitation only.
    public static Source invitation(long mailbox) {
      return new Source(false, mailbox);
    }

    public boolean has(MailboxTable.Own mailbox) {
      return switch (mailbox.role()) {
        case HOME, FORMER -> own;
        case INVITATION -> invitation != null && invitation == mailbox.id();
      };
    }
  }

  /// @param peer null: the first lane of an invitation, whoever takes it
  /// @param first only the letter that begins a contact or a session comes through it
  /// @param source where its envelopes come to
  public record Receiving(
      long id, @Nullable Long peer, boolean first, Source source, ReceivingLane lane) {
    @Override
    public String toString() {
      return "Receiving[redacted]";
    }
  }

  /// @param first only a Hello goes through it
  public long addSending(long peer, boolean first, SendingLane lane) {
    return rows.insert(
        "INSERT INTO sending_lane (peer, first, state) VALUES (?, ?, ?)",
        peer,
        first,
        lane.encode());
  }

  public SendingLane sending(long id) {
    return rows.one(
            "SELECT state FROM sending_lane WHERE id = ?",
            row -> SendingLane.decode(row.secret("state")),
            id)
        .orElseThrow();
  }

  public void putSending(long id, SendingLane lane) {
    rows.run("UPDATE sending_lane SET state = ? WHERE id = ?", lane.encode(), id);
  }

  /// Adds a lane with the keys of its first window.
  public long addReceiving(
      @Nullable Long peer, boolean first, Source source, ReceivingLane.Slide begin) {
    long id =
        rows.insert(
            "INSERT INTO receiving_lane (peer, first, own, invitation, state)"
                + " VALUES (?, ?, ?, ?, ?)",
            peer,
            first,
            source.own(),
            source.invitation(),
            begin.lane().encode());
    keys.add(id, begin.fresh());
    return id;
  }

  public void putReceiving(long id, ReceivingLane.Slide slide) {
    rows.run("UPDATE receiving_lane SET state = ? WHERE id = ?", slide.lane().encode(), id);
    keys.add(id, slide.fresh());
  }

  /// Whoever came through an invitation's first lane.
  public void putPeer(long lane, long peer) {
    rows.run("UPDATE receiving_lane SET peer = ? WHERE id = ?", peer, lane);
  }

  public List<Receiving> receiving() {
    return rows.list("SELECT * FROM receiving_lane ORDER BY id", LaneTable::read);
  }

  public Optional<Receiving> receiving(long id) {
    return rows.one("SELECT * FROM receiving_lane WHERE id = ?", LaneTable::read, id);
  }

  /// The lanes through which the letters of a peer come, other than first ones.
  public List<Receiving> receivingFrom(long peer) {
    return rows.list(
        "SELECT * FROM receiving_lane WHERE peer = ? AND first = 0 ORDER BY id",
        LaneTable::read,
        peer);
  }

  /// The lanes through which letters go to a peer, other than first ones.
  public List<Long> sendingTo(long peer) {
    return rows.list(
        "SELECT id FROM sending_lane WHERE peer = ? AND first = 0 ORDER BY id",
        columns -> columns.number("id"),
        peer);
  }

  public void removeReceiving(long id) {
    rows.run("DELETE FROM receiving_lane WHERE id = ?", id);
    keys.removeLane(id);
    rows.run("DELETE FROM received WHERE lane = ?", id);
    rows.run("DELETE FROM received_piece WHERE lane = ?", id);
  }

  private static Receiving read(Columns row) throws SQLException {
    return new Receiving(
        row.number("id"),
        row.numberOrNull("peer"),
        row.flag("first"),
        new Source(row.flag("own"), row.numberOrNull("invitation")),
        ReceivingLane.decode(row.secret("state")));
  }
}
