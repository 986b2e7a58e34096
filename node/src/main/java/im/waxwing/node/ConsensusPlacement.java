package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Placement;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who keeps what, by the newest consensus there is (consensus.md §8). Safe for many threads.
public final class ConsensusPlacement implements SwarmPlacement {
  private static final int REMEMBERED = 100_000;

  /// A consensus, and what was asked of it before.
  private record Now(
      Consensus consensus,
      SwarmAdmission admission,
      Map<NodeKey, Entry> nodes,
      Map<Kept, List<NodeKey>> members) {
    static Now of(Consensus consensus) {
      return new Now(
          consensus,
          new SwarmAdmission(
              consensus.network().bytes(), consensus.parameters().admissionZeroBits()),
          consensus.entries().stream().collect(Collectors.toMap(Entry::key, Function.identity())),
          new ConcurrentHashMap<>());
    }
  }

  private record Kept(ByteString name, Day day) {}

  private volatile Now now;

  public ConsensusPlacement(Consensus first) {
    this.now = Now.of(first);
  }

  /// From now on this one holds. True: it may have changed who keeps what.
  public boolean use(Consensus newer) {
    if (!newer.network().bytes().equals(network())) {
      throw new IllegalArgumentException("a consensus of another network");
    }
    boolean changes = !newer.entries().equals(now.consensus().entries());
    now = Now.of(newer);
    return changes;
  }

  @Override
  public ByteString network() {
    return now.consensus().network().bytes();
  }

  @Override
  public int quorum() {
    return now.consensus().parameters().quorum();
  }

  @Override
  public SwarmAdmission admission() {
    return now.admission();
  }

  @Override
  public List<NodeKey> members(ByteString name, Day day) {
    Now current = now;
    if (current.members().size() > REMEMBERED) {
      current.members().clear();
    }
    return current
        .members()
        .computeIfAbsent(
            new Kept(name, day),
            _ -> Placement.swarm(current.consensus(), name, day).stream().map(Entry::key).toList());
  }

  @Override
  public List<NodeKey> storageNodes() {
    return now.consensus().storage().stream().map(Entry::key).toList();
  }

  @Override
  public Optional<NodeAddress> address(NodeKey node) {
    return Optional.ofNullable(now.nodes().get(node)).map(Entry::address);
  }
}
