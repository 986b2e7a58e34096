package im.waxwing.api.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Where messengers in memory find one another: invitations by their link.
///
/// Safe for many threads: every messenger of a town shares its one lock.
public final class MemoryTown {
  final InstantSource clock;
  final Map<String, MemoryMessenger> hosts = new HashMap<>();
  private int numbers;

  public MemoryTown(InstantSource clock) {
    this.clock = clock;
  }

  public MemoryTown() {
    this(() -> Instant.parse("2026-11-23T12:00:00Z"));
  }

  /// A messenger before set-up.
  public MemoryMessenger newcomer() {
    return new MemoryMessenger(this);
  }

  /// A messenger with an account.
  public MemoryMessenger person(String name) {
    MemoryMessenger messenger = newcomer();
    messenger.name(name);
    return messenger;
  }

  /// A fresh id: 16 bytes in base64url.
  String id() {
    numbers++;
    return "%022d".formatted(numbers);
  }
}
