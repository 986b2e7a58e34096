package im.waxwing.protocol.consensus;

import im.waxwing.model.NodeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Chooses paths: relays by weight, one a layer, under the network's rules; the coordinator is
/// never the guard nor of its operator (consensus.md §9).
public final class OnionPaths {
  private final Consensus consensus;
  private final RandomGenerator random;

  public OnionPaths(Consensus consensus, RandomGenerator random) {
    this.consensus = consensus;
    this.random = random;
  }

  /// A path from a guard to any node of a swarm; empty if the rules leave none.
  ///
  /// @param avoid nodes that did not answer lately
  public Optional<OnionPath> choose(Entry guard, List<Entry> swarm, Set<NodeKey> avoid) {
    List<Entry> coordinators =
        without(avoid, swarm).stream().filter(node -> mayCoordinate(guard, node)).toList();
    for (Entry coordinator : shuffled(coordinators)) {
      Optional<OnionPath> path = between(guard, coordinator, avoid);
      if (path.isPresent()) {
        return path;
      }
    }
    return Optional.empty();
  }

  private boolean mayCoordinate(Entry guard, Entry node) {
    return !Apart.isSameOperator(guard, node)
        && Apart.from(node, List.of(guard), consensus.parameters());
  }

  private Optional<OnionPath> between(Entry guard, Entry coordinator, Set<NodeKey> avoid) {
    for (Entry middle : shuffled(fitting(2, List.of(guard, coordinator), avoid))) {
      List<Entry> lasts = fitting(3, List.of(guard, middle, coordinator), avoid);
      if (!lasts.isEmpty()) {
        Entry last = shuffled(lasts).getFirst();
        return Optional.of(new OnionPath(guard, middle, last, coordinator));
      }
    }
    return Optional.empty();
  }

  private List<Entry> fitting(int layer, List<Entry> others, Set<NodeKey> avoid) {
    return without(avoid, consensus.layer(layer)).stream()
        .filter(node -> Apart.from(node, others, consensus.parameters()))
        .toList();
  }

  private static List<Entry> without(Set<NodeKey> avoid, List<Entry> nodes) {
    return nodes.stream().filter(node -> !avoid.contains(node.key())).toList();
  }

  /// In an order by chance, the heavier ones rather first.
  private List<Entry> shuffled(List<Entry> nodes) {
    return shuffled(nodes, random);
  }

  static List<Entry> shuffled(List<Entry> nodes, RandomGenerator random) {
    List<Entry> left = new ArrayList<>(nodes);
    List<Entry> drawn = new ArrayList<>();
    while (!left.isEmpty()) {
      drawn.add(left.remove(drawn(left, random)));
    }
    return drawn;
  }

  private static int drawn(List<Entry> nodes, RandomGenerator random) {
    int total = nodes.stream().mapToInt(Entry::weight).sum();
    int at = random.nextInt(total);
    int index = 0;
    while (at >= nodes.get(index).weight()) {
      at -= nodes.get(index).weight();
      index++;
    }
    return index;
  }
}
