package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Hop;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.OnionPath;
import im.waxwing.protocol.consensus.OnionPaths;
import im.waxwing.protocol.consensus.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Chooses a fresh path for each packet and for each reply block (consensus.md §9). Nodes on a path
/// that led to no answer are avoided for a while, if the others suffice: one of them is to blame.
///
/// Belongs to the carrier's event loop.
final class Routes {
  private static final Duration AVOIDED = Duration.ofMinutes(1);

  // node.md §9.1
  private static final long LONGEST_DELAY_MILLIS = 10_000;

  /// How a request travels, and its answers.
  ///
  /// @param coordinator the member at the end of `there`
  /// @param there by which packet keys the request goes to it
  /// @param backs the paths of reply blocks, all of which end at the guard
  /// @param nodes all that could be to blame
  record Route(NodeKey coordinator, List<Hop> there, List<List<Hop>> backs, Set<NodeKey> nodes) {}

  /// From where, and by which documents.
  ///
  /// @param epoch of packet keys, by the network's time
  record Start(Consensus consensus, Entry guard, long epoch) {
    boolean isMixed() {
      return consensus.parameters().mode() == Parameters.Mode.MIXED;
    }
  }

  private final Atlas atlas;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<NodeKey, Instant> suspects = new HashMap<>();

  Routes(Atlas atlas, Clock clock, RandomGenerator random) {
    this.atlas = atlas;
    this.clock = clock;
    this.random = random;
  }

  /// Whether the rules let a packet go from the guard to this member at all.
  boolean canReach(Start start, Entry member) {
    return paths(start).choose(start.guard(), List.of(member), Set.of()).isPresent();
  }

  /// A way to any of the members, with `blocks` ways back; empty: there is none, or keys of nodes
  /// are missing.
  Optional<Route> choose(Start start, List<Entry> members, int blocks) {
    Set<NodeKey> keyless = keyless(start);
    return choose(start, members, blocks, avoided(keyless))
        .or(() -> choose(start, members, blocks, keyless));
  }

  /// From the guard to three other relays and back to it: what an app sends that has nothing to
  /// send.
  Optional<Route> loop(Start start) {
    List<Entry> middles = start.consensus().layer(2);
    Set<NodeKey> keyless = keyless(start);
    if (keyless.contains(start.guard().key())) {
      return Optional.empty();
    }
    return paths(start)
        .choose(start.guard(), middles, avoided(keyless))
        .or(() -> paths(start).choose(start.guard(), middles, keyless))
        .map(path -> loop(start, path));
  }

  private Route loop(Start start, OnionPath path) {
    List<Entry> hops = new ArrayList<>(path.hops());
    hops.add(start.guard());
    Set<NodeKey> nodes = new HashSet<>(keys(path));
    nodes.remove(start.guard().key());
    return new Route(start.guard().key(), List.of(), List.of(hops(start, hops)), nodes);
  }

  private Optional<Route> choose(Start start, List<Entry> members, int blocks, Set<NodeKey> avoid) {
    OnionPaths paths = paths(start);
    Optional<OnionPath> there = paths.choose(start.guard(), members, avoid);
    if (there.isEmpty() || isKeyless(start, start.guard())) {
      return Optional.empty();
    }
    Entry coordinator = there.get().coordinator();
    Set<NodeKey> nodes = new HashSet<>(keys(there.get()));
    List<List<Hop>> backs = new ArrayList<>(blocks);
    while (backs.size() < blocks) {
      Optional<OnionPath> back = paths.choose(start.guard(), List.of(coordinator), avoid);
      if (back.isEmpty()) {
        return Optional.empty();
      }
      List<Entry> hops = back.get().hops();
      backs.add(hops(start, hops.subList(0, hops.size() - 1).reversed()));
      if (backs.size() == 1) {
        nodes.addAll(keys(back.get()));
      }
    }
    nodes.remove(start.guard().key());
    return Optional.of(new Route(coordinator.key(), hops(start, there.get().hops()), backs, nodes));
  }

  private OnionPaths paths(Start start) {
    return new OnionPaths(start.consensus(), random);
  }

  private static List<NodeKey> keys(OnionPath path) {
    return path.hops().stream().map(Entry::key).toList();
  }

  private List<Hop> hops(Start start, List<Entry> nodes) {
    return nodes.stream().map(node -> hop(start, node.key())).toList();
  }

  private Hop hop(Start start, NodeKey node) {
    ByteString key = atlas.packetKey(node, start.epoch()).orElseThrow();
    return new Hop(node, key, start.isMixed() ? delay(start) : 0);
  }

  private long delay(Start start) {
    double mean = start.consensus().parameters().hopDelay().toMillis();
    return Math.min(LONGEST_DELAY_MILLIS, Math.round(random.nextExponential() * mean));
  }

  private Set<NodeKey> keyless(Start start) {
    Set<NodeKey> keyless = new HashSet<>();
    for (Entry entry : start.consensus().entries()) {
      if (isKeyless(start, entry)) {
        keyless.add(entry.key());
      }
    }
    return keyless;
  }

  private boolean isKeyless(Start start, Entry node) {
    return atlas.packetKey(node.key(), start.epoch()).isEmpty();
  }

  private Set<NodeKey> avoided(Set<NodeKey> keyless) {
    Instant past = clock.instant().minus(AVOIDED);
    suspects.values().removeIf(since -> since.isBefore(past));
    Set<NodeKey> avoided = new HashSet<>(keyless);
    avoided.addAll(suspects.keySet());
    return avoided;
  }

  /// No answer came by these.
  void failed(Set<NodeKey> nodes) {
    nodes.forEach(node -> suspects.put(node, clock.instant()));
  }

  /// An answer came by these.
  void worked(Set<NodeKey> nodes) {
    suspects.keySet().removeAll(nodes);
  }
}
