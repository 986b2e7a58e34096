package im.waxwing.engine;

import im.waxwing.carrier.Deposit;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The nodes of a [Village], and everything that was deposited at them.
final class MemoryNet {
  private final Hours hours;
  private final Map<NodeAddress, MemoryNode> nodes = new LinkedHashMap<>();
  final List<Deposited> deposited = new ArrayList<>();

  /// What a path brought to its last node, whether that took it or not.
  record Deposited(Path path, Deposit deposit) {}

  MemoryNet(Hours hours) {
    this.hours = hours;
  }

  MemoryNode add(String host) {
    MemoryNode node = new MemoryNode(hours, host, 7443 + nodes.size());
    nodes.put(node.address.node(), node);
    return node;
  }

  MemoryNode at(NodeAddress address) {
    return Objects.requireNonNull(nodes.get(address), "no such node");
  }
}
