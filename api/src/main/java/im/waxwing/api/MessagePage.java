package im.waxwing.api;

import java.util.List;

/// A run of messages, oldest first.
///
/// @param more whether older ones exist
public record MessagePage(List<MessageView> messages, boolean more) {
  @Override
  public String toString() {
    return "MessagePage[redacted]";
  }
}
