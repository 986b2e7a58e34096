package im.waxwing.api.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where messengers in memory find one another: invitations by their link.
///
/// Safe for many threads: every messenger of a town shares its one lock.
public final class MemoryTown {
  static final String HOME = "home.example";
  static final String GUARD = "guard.example";

  final InstantSource clock;
  final Map<String, MemoryMessenger> hosts = new HashMap<>();
  private final Set<String> down = new HashSet<>();
  private final Set<Set<String>> blocked = new HashSet<>();
  private final List<MemoryMessenger> people = new ArrayList<>();
  private int numbers;

  public MemoryTown(InstantSource clock) {
    this.clock = clock;
  }

  public MemoryTown() {
    this(() -> Instant.parse("2026-11-23T12:00:00Z"));
  }

  /// A messenger before set-up.
  public synchronized MemoryMessenger newcomer() {
    MemoryMessenger messenger = new MemoryMessenger(this);
    people.add(messenger);
    return messenger;
  }

  /// A messenger with an account.
  public MemoryMessenger person(String name) {
    return person(name, HOME);
  }

  /// A messenger with an account whose mailbox stands at the node `host`. Two people of different
  /// hosts write by the federated way.
  public MemoryMessenger person(String name, String host) {
    MemoryMessenger messenger = newcomer();
    messenger.name(name, host);
    return messenger;
  }

  /// Takes a node away, or gives it back; with the host of its entry, an onion network.
  public synchronized void down(String host, boolean isDown) {
    if (isDown ? down.add(host) : down.remove(host)) {
      people.forEach(MemoryMessenger::travelChanged);
    }
  }

  /// Has the operators of two nodes deal with one another no more, or again.
  public synchronized void blocked(String host, String other, boolean isBlocked) {
    Set<String> pair = Set.of(host, other);
    if (isBlocked ? blocked.add(pair) : blocked.remove(pair)) {
      people.forEach(MemoryMessenger::travelChanged);
    }
  }

  boolean isDown(String host) {
    return down.contains(host);
  }

  boolean isBlocked(String host, String other) {
    return !host.equals(other) && blocked.contains(Set.of(host, other));
  }

  /// A fresh id: 16 bytes in base64url.
  String id() {
    numbers++;
    return "%022d".formatted(numbers);
  }
}
