package im.waxwing.engine;

import im.waxwing.carrier.Deposit;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The nodes and networks of a [Village], and everything that was deposited at them.
final class MemoryNet {
  private final Hours hours;
  private final Map<NodeAddress, MemoryNode> nodes = new LinkedHashMap<>();
  private final Map<NetworkAddress, MemoryNetwork> networks = new LinkedHashMap<>();
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

  MemoryNetwork addNetwork(String entry) {
    MemoryNetwork network = new MemoryNetwork(hours, entry, 100 + networks.size());
    networks.put(network.address, network);
    return network;
  }

  MemoryNode at(NodeAddress address) {
    return Objects.requireNonNull(nodes.get(address), "no such node");
  }

  MemoryNetwork at(NetworkAddress address) {
    return Objects.requireNonNull(networks.get(address), "no such network");
  }
}
