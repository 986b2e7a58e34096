package im.waxwing.store;

import im.waxwing.crypto.LaneKeys;
import im.waxwing.crypto.LaneWindow;
import im.waxwing.model.Day;
import java.util.List;

/// The numbers of receiving lanes, one row each (store.md §3). A lane is known by a number of the
/// caller's.
public final class LaneKeyTable {
  private final Sql sql;

  LaneKeyTable(Sql sql) {
    this.sql = sql;
  }

  /// Numbers that came into the window.
  public void add(long lane, List<LaneKeys> fresh) {
    for (LaneKeys keys : fresh) {
      sql.update(
          "INSERT INTO lane_key (lane, n, id_key, message_key) VALUES (?, ?, ?, ?)",
          lane,
          keys.n(),
          keys.idKey(),
          keys.messageKey());
    }
  }

  /// The envelope of number `n` was opened: its message key is erased.
  public void use(long lane, long n, Day today) {
    sql.update(
        "UPDATE lane_key SET message_key = NULL, used_day = ? WHERE lane = ? AND n = ?",
        today.number(),
        lane,
        n);
  }

  /// Forgets the numbers that were used before `day`.
  public void forgetUsedBefore(Day day) {
    sql.update("DELETE FROM lane_key WHERE used_day < ?", day.number());
  }

  public void removeLane(long lane) {
    sql.update("DELETE FROM lane_key WHERE lane = ?", lane);
  }

  /// All that is remembered of a lane.
  public LaneWindow window(long lane) {
    LaneWindow window = new LaneWindow();
    sql.query(
        "SELECT n, id_key, message_key FROM lane_key WHERE lane = ? ORDER BY n",
        row -> {
          if (row.isNull(3)) {
            window.addUsed(row.number(1), row.secret(2));
          } else {
            window.add(LaneKeys.restore(row.number(1), row.secret(2), row.secret(3)));
          }
          return row.number(1);
        },
        lane);
    return window;
  }
}
