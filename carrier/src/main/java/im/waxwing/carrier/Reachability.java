package im.waxwing.carrier;

import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a node can be used just now, as the carrier sees it: from here, or by way of another
/// node. A node may be out of reach one way and within it the other.
public sealed interface Reachability {
  NodeAddress node();

  /// The first node of the path on which this holds; empty: there is no node between.
  Optional<NodeAddress> via();

  /// Connected.
  ///
  /// @param ahead how far the node's clock is ahead of this machine's; negative: behind
  record Reachable(NodeAddress node, Duration ahead, Optional<NodeAddress> via)
      implements Reachability {
    /// From here.
    public Reachable(NodeAddress node, Duration ahead) {
      this(node, ahead, Optional.empty());
    }
  }

  /// No connection; the next attempt is due at `retryAt`.
  record Lost(NodeAddress node, Instant retryAt, Optional<NodeAddress> via)
      implements Reachability {
    /// From here.
    public Lost(NodeAddress node, Instant retryAt) {
      this(node, retryAt, Optional.empty());
    }
  }

  /// Something answers there that is not the pinned node, or speaks no post-quantum TLS.
  record Impostor(NodeAddress node, Instant retryAt, Optional<NodeAddress> via)
      implements Reachability {
    /// From here.
    public Impostor(NodeAddress node, Instant retryAt) {
      this(node, retryAt, Optional.empty());
    }
  }
}
