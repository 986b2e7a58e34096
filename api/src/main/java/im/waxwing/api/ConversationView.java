package im.waxwing.api;

import java.util.List;
import java.util.Optional;

/// A conversation as the list shows it.
///
/// @param unread incoming messages that were not read
/// @param markedUnread the person marked it to come back to it
/// @param timerSeconds messages written now go by themselves so long after reading; 0: they stay
/// @param onTop it stands before others
/// @param draft what was begun and not sent; empty: nothing
/// @param pinned messages kept at hand, the newest pin first
public record ConversationView(
    String id,
    String name,
    boolean verified,
    int unread,
    boolean markedUnread,
    Optional<MessageView> last,
    TravelView travel,
    int timerSeconds,
    boolean muted,
    boolean archived,
    boolean onTop,
    boolean blocked,
    String draft,
    List<Quote> pinned) {
  @Override
  public String toString() {
    return "ConversationView[redacted]";
  }
}
