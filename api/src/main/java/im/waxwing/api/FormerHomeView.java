package im.waxwing.api;

import java.time.Instant;

/// A node or network where a mailbox of this device stood before. Letters that still go there are
/// read.
///
/// @param host its public name; of a network, that of the node by which it was entered
/// @param readUntil afterwards the mailbox there is left alone
public record FormerHomeView(String host, Instant readUntil) {
  @Override
  public String toString() {
    return "FormerHomeView[redacted]";
  }
}
