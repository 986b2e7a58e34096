package im.waxwing.model;

import java.util.List;

/// The nodes that an envelope passes, in order; the last one keeps the mailbox. Empty: direct.
public record Path(List<NodeAddress> nodes) {
  public static final int MAX_NODES = 5;

  public Path {
    nodes = List.copyOf(nodes);
    if (nodes.size() > MAX_NODES) {
      throw new IllegalArgumentException("a path has at most " + MAX_NODES + " nodes");
    }
  }

  public static Path through(NodeAddress... nodes) {
    return new Path(List.of(nodes));
  }

  /// How many hands an envelope passes between writer and reader.
  public int hands() {
    return nodes.size();
  }

  @Override
  public String toString() {
    return "Path[" + nodes.size() + " nodes]";
  }
}
