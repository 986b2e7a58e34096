package im.waxwing.store;

import im.waxwing.model.ConversationId;
import im.waxwing.store.MessageTable.Message;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds messages by the beginnings of their words; accents and capitals make no difference
/// (store.md §6).
public final class SearchTable {
  /// Stand before and behind what was found, in excerpts.
  public static final char MARK_BEGIN = '\u0002';

  public static final char MARK_END = '\u0003';

  private static final int MAX_WORDS = 16;

  /// Words around what was found.
  private static final int EXCERPT = 16;

  private static final String FOUND =
      "SELECT message.*, snippet(message_text, 0, char(2), char(3), '\u2026', "
          + EXCERPT
          + ") AS excerpt FROM message_text JOIN message ON message.arrival = message_text.rowid"
          + " WHERE message_text MATCH ? AND message.position > 0 AND message.deleted = 0";
  private static final String NEWEST = " ORDER BY message_text.rowid DESC LIMIT ?";

  private final Rows rows;

  SearchTable(Rows rows) {
    this.rows = rows;
  }

  /// @param excerpt of its text, with marks around what was found
  public record Found(Message message, String excerpt) {
    @Override
    public String toString() {
      return "Found[redacted]";
    }
  }

  /// Messages that have a word beginning with each of those in `words`, the last to come first.
  ///
  /// @param conversation null: of all
  public List<Found> find(String words, @Nullable ConversationId conversation, int limit) {
    String query = query(words);
    if (query.isEmpty()) {
      return List.of();
    }
    Rows.Reader<Found> reader = row -> new Found(MessageTable.read(row), row.text("excerpt"));
    return conversation == null
        ? rows.list(FOUND + NEWEST, reader, query, limit)
        : rows.list(
            FOUND + " AND message.conversation = ?" + NEWEST, reader, query, conversation, limit);
  }

  /// Every word as a quoted beginning, so that nothing in it is taken for a command of the index.
  private static String query(String words) {
    return Arrays.stream(words.replace('"', ' ').split("\\s+"))
        .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
        .limit(MAX_WORDS)
        .map(word -> '"' + word + "\"*")
        .collect(Collectors.joining(" "));
  }

  /// Whether the index still holds words that were removed.
  public boolean hasRemovedWords() {
    return rows.number("SELECT COUNT(*) FROM account WHERE words_to_go = 1") > 0;
  }

  /// Begins to make the index's parts one, which leaves out what was removed.
  public void beginTidying() {
    rows.run("UPDATE account SET words_to_go = 0");
    rows.run("INSERT INTO message_text (message_text, rank) VALUES ('merge', -1)");
  }

  /// Goes on with it.
  ///
  /// @param pages the work to be done, at least
  /// @return whether there is more
  public boolean tidy(int pages) {
    long before = rows.number("SELECT total_changes()");
    rows.run("INSERT INTO message_text (message_text, rank) VALUES ('merge', ?)", pages);
    return rows.number("SELECT total_changes()") - before > 1;
  }
}
