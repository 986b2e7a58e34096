package im.waxwing.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A network by which letters can go. Part of every envelope's id and key, so that what goes by two
/// ways has nothing in common (envelope.md §3).
public enum Way {
  /// By one node, at which the reader's mailbox stands.
  RELAY(0),
  /// By the writer's node to the reader's.
  FEDERATED(1),
  /// By blind relays to a swarm.
  ONION(2),
  /// Without any node.
  DIRECT(3);

  private final int code;

  Way(int code) {
    this.code = code;
  }

  /// The number in formats, 0 to 3.
  public int code() {
    return code;
  }

  /// The word by which people and interfaces know it, in lower case.
  public String network() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The ways that can lead to a mailbox.
  public static List<Way> to(Place place) {
    return switch (place) {
      case NodeAddress _ -> List.of(RELAY, FEDERATED);
      case NetworkAddress _ -> List.of(ONION);
    };
  }

  public static Optional<Way> ofNetwork(String network) {
    for (Way way : values()) {
      if (way.network().equals(network)) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }
}
