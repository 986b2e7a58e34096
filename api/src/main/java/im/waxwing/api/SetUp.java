package im.waxwing.api;

import java.util.Optional;

/// What a new account needs.
///
/// @param name 1 to 64 characters, given only to contacts
/// @param nodeAddress `host:port/KEY/TOKEN`; empty: run a node on this machine
public record SetUp(String name, Optional<String> nodeAddress) {
  @Override
  public String toString() {
    return "SetUp[redacted]";
  }
}
