package im.waxwing.carrier;

import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.time.Instant;

/// Whether a node can be used just now, as the carrier sees it.
public sealed interface Reachability {
  NodeAddress node();

  /// Connected.
  ///
  /// @param ahead how far the node's clock is ahead of this machine's; negative: behind
  record Reachable(NodeAddress node, Duration ahead) implements Reachability {}

  /// No connection; the next attempt is due at `retryAt`.
  record Lost(NodeAddress node, Instant retryAt) implements Reachability {}

  /// Something answers there that is not the pinned node, or speaks no post-quantum TLS.
  record Impostor(NodeAddress node, Instant retryAt) implements Reachability {}
}
