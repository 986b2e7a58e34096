package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.swarm.Receipts;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.util.List;
import java.util.Optional;

/// The same nodes keep everything, until the test says otherwise.
final class FixedPlacement implements SwarmPlacement {
  private static final int ZERO_BITS = 8;

  private final ByteString network;
  private volatile List<NodeAddress> storage;
  private volatile List<NodeKey> members;

  FixedPlacement(ByteString network, List<NodeAddress> storage, List<NodeKey> members) {
    this.network = network;
    this.storage = storage;
    this.members = members;
  }

  void found(List<NodeAddress> nodes) {
    storage = List.copyOf(nodes);
  }

  void change(List<NodeKey> others) {
    members = List.copyOf(others);
  }

  @Override
  public ByteString network() {
    return network;
  }

  @Override
  public int quorum() {
    return Receipts.QUORUM;
  }

  @Override
  public Optional<NodeAddress> address(NodeKey node) {
    return storage.stream().filter(address -> address.key().equals(node)).findFirst();
  }

  @Override
  public SwarmAdmission admission() {
    return new SwarmAdmission(network, ZERO_BITS);
  }

  @Override
  public List<NodeKey> members(ByteString name, Day day) {
    return members;
  }

  @Override
  public List<NodeKey> storageNodes() {
    return storage.stream().map(NodeAddress::key).toList();
  }
}
