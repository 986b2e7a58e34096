package im.waxwing.api;

import java.util.Optional;

/// A conversation as the list shows it.
///
/// @param unread incoming messages behind the read mark
public record ConversationView(
    String id,
    String name,
    boolean verified,
    int unread,
    Optional<MessageView> last,
    TravelView travel) {
  @Override
  public String toString() {
    return "ConversationView[redacted]";
  }
}
