package im.waxwing.api;

import java.time.Instant;

/// A node where this device lived before it moved house. Letters that still go there are read.
///
/// @param host its public name
/// @param readUntil afterwards the mailbox there is left alone
public record FormerHomeView(String host, Instant readUntil) {
  @Override
  public String toString() {
    return "FormerHomeView[redacted]";
  }
}
