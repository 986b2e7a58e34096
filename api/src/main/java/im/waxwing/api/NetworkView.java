package im.waxwing.api;

import java.time.Instant;
import java.util.Optional;

/// The onion network in which a mailbox of this device stands, as far as it can be used.
///
/// @param address `onion:host:port/ID`: the network and one node that leads to it
/// @param retryAt when the next attempt is due, while it is out of reach or distrusted
public record NetworkView(String address, State state, Optional<Instant> retryAt) {
  /// `DISTRUSTED`: its documents are not what they must be; a notice says how, and nothing is sent.
  public enum State {
    CONNECTING,
    CONNECTED,
    UNREACHABLE,
    DISTRUSTED
  }

  @Override
  public String toString() {
    return "NetworkView[redacted]";
  }
}
