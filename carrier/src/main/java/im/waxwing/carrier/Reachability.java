package im.waxwing.carrier;

import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a node or a network can be used just now, as the carrier sees it: from here, or, a node,
/// by way of another one. A node may be out of reach one way and within it the other.
public sealed interface Reachability {
  Place place();

  /// The first node of the path on which this holds; empty: there is no node between. Into a
  /// network it is the guard that is connected.
  Optional<NodeAddress> via();

  /// Connected; to a network: its consensus holds, and a guard is connected.
  ///
  /// @param ahead how far the place's clock is ahead of this machine's; negative: behind
  record Reachable(Place place, Duration ahead, Optional<NodeAddress> via) implements Reachability {
    /// From here.
    public Reachable(Place place, Duration ahead) {
      this(place, ahead, Optional.empty());
    }
  }

  /// No connection; the next attempt is due at `retryAt`.
  record Lost(Place place, Instant retryAt, Optional<NodeAddress> via) implements Reachability {
    /// From here.
    public Lost(Place place, Instant retryAt) {
      this(place, retryAt, Optional.empty());
    }
  }

  /// Something answers there that is not the pinned node, or speaks no post-quantum TLS.
  record Impostor(NodeAddress place, Instant retryAt, Optional<NodeAddress> via)
      implements Reachability {
    /// From here.
    public Impostor(NodeAddress place, Instant retryAt) {
      this(place, retryAt, Optional.empty());
    }
  }

  /// A network shows a consensus that must not be believed, and no other that holds.
  record Distrusted(NetworkAddress place, Fault fault, Instant retryAt) implements Reachability {
    @Override
    public Optional<NodeAddress> via() {
      return Optional.empty();
    }
  }

  /// What is wrong with a consensus (consensus.md §7).
  enum Fault {
    WRONG_NETWORK,
    UNDER_SIGNED,
    STALE,
    TOO_EARLY,
    FORKED,
    BROKEN_CHAIN
  }
}
