package im.waxwing.api;

import java.util.List;

/// A run of messages, oldest first.
///
/// @param more whether older ones exist
/// @param newer whether newer ones exist
public record MessagePage(List<MessageView> messages, boolean more, boolean newer) {
  @Override
  public String toString() {
    return "MessagePage[redacted]";
  }
}
