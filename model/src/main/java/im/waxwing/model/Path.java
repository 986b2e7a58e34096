package im.waxwing.model;

import java.util.List;
import java.util.Optional;

/// The nodes that an envelope passes, in order; the last one keeps the mailbox. Into a network no
/// node is named: the carrier chooses relays and a member of the mailbox's swarm, others for each
/// envelope. Neither nodes nor network: direct.
public record Path(List<NodeAddress> nodes, Optional<NetworkAddress> network) {
  public static final int MAX_NODES = 5;

  /// Three relays and the swarm.
  public static final int HANDS_IN_NETWORK = 4;

  public Path {
    nodes = List.copyOf(nodes);
    if (nodes.size() > MAX_NODES) {
      throw new IllegalArgumentException("a path has at most " + MAX_NODES + " nodes");
    }
    if (network.isPresent() && !nodes.isEmpty()) {
      throw new IllegalArgumentException("a path into a network names no nodes");
    }
  }

  public static Path through(NodeAddress... nodes) {
    return through(List.of(nodes));
  }

  public static Path through(List<NodeAddress> nodes) {
    return new Path(nodes, Optional.empty());
  }

  public static Path into(NetworkAddress network) {
    return new Path(List.of(), Optional.of(network));
  }

  /// From here straight to where a mailbox stands.
  public static Path to(Place place) {
    return switch (place) {
      case NodeAddress node -> through(node);
      case NetworkAddress network -> into(network);
    };
  }

  /// Where the mailbox stands; empty: direct.
  public Optional<Place> end() {
    return network.<Place>map(into -> into).or(() -> nodes.stream().skip(lastIndex()).findFirst());
  }

  private long lastIndex() {
    return Math.max(0, nodes.size() - 1);
  }

  /// How many hands an envelope passes between writer and reader.
  public int hands() {
    return network.isPresent() ? HANDS_IN_NETWORK : nodes.size();
  }

  @Override
  public String toString() {
    return "Path[" + hands() + " hands]";
  }
}
