package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The nodes of the network that this one keeps links to, so that word gets around: some of those
/// it is linked with anyway, and others, by chance, that it dials (consensus.md §10.2).
///
/// One thread at a time, but for [#keeps].
final class Neighbours {
  // consensus.md §10.2
  private static final int MOST = 8;
  private static final Duration REST = Duration.ofSeconds(5);

  private final Peers peers;
  private final Map<NodeKey, Instant> tried = new HashMap<>();
  private volatile Set<NodeKey> kept = Set.of();

  Neighbours(Peers peers) {
    this.peers = peers;
  }

  /// Whether a link to this node is to stay, though nothing passes.
  boolean keeps(NodeKey node) {
    return kept.contains(node);
  }

  /// Sees that there are enough.
  ///
  /// @param others all other nodes of the network
  void step(Map<NodeKey, NodeAddress> others, Instant now) {
    tried.values().removeIf(then -> Duration.between(then, now).compareTo(REST) >= 0);
    Set<NodeKey> linked = new HashSet<>(peers.linked());
    linked.retainAll(others.keySet());
    int wanted = Math.min(MOST, others.size());
    keep(linked, wanted);
    List<NodeAddress> candidates =
        new ArrayList<>(
            others.values().stream()
                .filter(node -> !linked.contains(node.key()) && !tried.containsKey(node.key()))
                .toList());
    Collections.shuffle(candidates, ThreadLocalRandom.current());
    int missing = Math.clamp(wanted - linked.size(), 0, candidates.size());
    for (NodeAddress node : candidates.subList(0, missing)) {
      tried.put(node.key(), now);
      peers.reach(node, _ -> {});
    }
  }

  private void keep(Set<NodeKey> linked, int wanted) {
    Set<NodeKey> next = new HashSet<>(kept);
    next.retainAll(linked);
    linked.stream()
        .filter(node -> !next.contains(node))
        .limit(wanted - next.size())
        .forEach(next::add);
    kept = Set.copyOf(next);
  }
}
