package im.waxwing.api;

import java.util.Optional;

/// What a new account needs.
///
/// @param name 1 to 64 characters, given only to contacts
/// @param home where the mailbox is to stand: at a node, `host:port/KEY/TOKEN`, or in an onion
///   network, `onion:host:port/ID`; empty: at a node on this machine, which is started
public record SetUp(String name, Optional<String> home) {
  @Override
  public String toString() {
    return "SetUp[redacted]";
  }
}
