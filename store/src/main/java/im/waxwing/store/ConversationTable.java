package im.waxwing.store;

import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// How this account keeps its conversations: put away, muted, with a draft, with a timer.
public final class ConversationTable {
  private final Rows rows;

  ConversationTable(Rows rows) {
    this.rows = rows;
  }

  /// What the person may switch.
  public enum Mark {
    MUTED,
    ARCHIVED,
    ON_TOP,
    MARKED_UNREAD
  }

  public record Kept(
      boolean muted,
      boolean archived,
      boolean onTop,
      boolean markedUnread,
      String draft,
      Duration timer) {
    static final Kept USUAL = new Kept(false, false, false, false, "", Duration.ZERO);

    @Override
    public String toString() {
      return "Kept[redacted]";
    }
  }

  /// How long messages live that are written from now on, as one side has told.
  ///
  /// @param version how many settings its author knew then, itself counted; 0: none was made
  /// @param id of the letter that told it
  public record Timer(Duration life, long version, Instant setAt, MessageId id) {}

  public Kept find(ConversationId conversation) {
    return rows.one(
            "SELECT * FROM conversation WHERE id = ?", ConversationTable::read, conversation)
        .orElse(Kept.USUAL);
  }

  public void mark(ConversationId conversation, Mark mark, boolean on) {
    begin(conversation);
    String column =
        switch (mark) {
          case MUTED -> "muted";
          case ARCHIVED -> "archived";
          case ON_TOP -> "on_top";
          case MARKED_UNREAD -> "marked_unread";
        };
    rows.run("UPDATE conversation SET " + column + " = ? WHERE id = ?", on, conversation);
  }

  public void putDraft(ConversationId conversation, String draft) {
    begin(conversation);
    rows.run("UPDATE conversation SET draft = ? WHERE id = ?", draft, conversation);
  }

  public long timerVersion(ConversationId conversation) {
    return rows.optionalNumber("SELECT timer_version FROM conversation WHERE id = ?", conversation)
        .orElse(0);
  }

  /// Takes a timer over if it is the latest by version, time and id.
  ///
  /// @return whether it was
  public boolean putTimer(ConversationId conversation, Timer timer) {
    begin(conversation);
    long later =
        rows.number(
            "SELECT COUNT(*) FROM conversation WHERE id = ?"
                + " AND (timer_version, timer_at, timer_id) < (?, ?, ?)",
            conversation,
            timer.version(),
            timer.setAt(),
            timer.id());
    rows.run(
        "UPDATE conversation SET timer = ?, timer_version = ?, timer_at = ?, timer_id = ?"
            + " WHERE id = ? AND (timer_version, timer_at, timer_id) < (?, ?, ?)",
        timer.life().toSeconds(),
        timer.version(),
        timer.setAt(),
        timer.id(),
        conversation,
        timer.version(),
        timer.setAt(),
        timer.id());
    return later > 0;
  }

  private void begin(ConversationId conversation) {
    rows.run("INSERT OR IGNORE INTO conversation (id) VALUES (?)", conversation);
  }

  private static Kept read(Columns row) throws SQLException {
    return new Kept(
        row.flag("muted"),
        row.flag("archived"),
        row.flag("on_top"),
        row.flag("marked_unread"),
        row.text("draft"),
        Duration.ofSeconds(row.number("timer")));
  }
}
