package im.waxwing.api;

import java.time.Instant;
import java.util.Optional;

/// The node where this device's mailbox stands, as far as it can be reached.
///
/// @param address `host:port/KEY`, without the admission token; empty before set-up, and for a
///   device that lives in an onion network only
/// @param retryAt when the next attempt is due, while it cannot be reached
public record NodeView(Optional<String> address, State state, Optional<Instant> retryAt) {
  /// `NONE`: no mailbox of this device stands at a node. `REFUSING`: it answers but does not keep
  /// our mailbox. `IMPOSTOR`: something else answers.
  public enum State {
    NONE,
    CONNECTING,
    CONNECTED,
    UNREACHABLE,
    REFUSING,
    IMPOSTOR
  }

  @Override
  public String toString() {
    return "NodeView[redacted]";
  }
}
