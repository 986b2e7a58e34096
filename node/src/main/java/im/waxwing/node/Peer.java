package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another node: its links, what it last said of itself, and the packets that wait for it.
///
/// Safe for many threads.
final class Peer {
  // node.md §9
  private static final Duration REMEMBERED = Duration.ofHours(3);
  private static final Duration REMEMBERED_UNSEEN = Duration.ofSeconds(30);

  private record Held(ByteString packet, long epoch, Share share) {}

  private final Peers peers;
  private final RelayLimits limits;
  private final Counters counters;
  private final Calls calls;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private final List<PeerLink> links = new ArrayList<>();
  private Optional<NodeInfo> info = Optional.empty();
  private Instant lastNeeded = Instant.MIN;

  Peer(NodeKey key, Peers peers, RelayLimits limits, Dialler dialler, Counters counters) {
    this.peers = peers;
    this.limits = limits;
    this.counters = counters;
    this.calls = new Calls(key, this, peers, dialler);
  }

  Calls calls() {
    return calls;
  }

  /// False: too many wait. The caller has counted the packet.
  boolean hold(ByteString packet, long epoch, Share share) {
    Optional<PeerLink> link;
    synchronized (this) {
      if (held.size() >= limits.heldPerPeer()) {
        return false;
      }
      held.add(new Held(packet, epoch, share));
      link = newestLink();
    }
    link.ifPresentOrElse(PeerLink::wake, calls::wanted);
    return true;
  }

  /// Up to `most` packets, to be sent now.
  synchronized List<ByteString> take(int most) {
    List<ByteString> taken = new ArrayList<>(Math.min(most, held.size()));
    while (taken.size() < most && !held.isEmpty()) {
      Held next = held.removeFirst();
      peers.released(next.share());
      taken.add(next.packet());
    }
    counters.relayed.add(taken.size());
    return taken;
  }

  synchronized boolean somethingWaits() {
    return !held.isEmpty();
  }

  /// The link by which to send: the newest.
  synchronized Optional<PeerLink> newestLink() {
    return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
  }

  /// A link is ready; one that was made in the same direction before is over.
  void opened(PeerLink link, NodeInfo told) {
    List<PeerLink> replaced;
    synchronized (this) {
      replaced = links.stream().filter(one -> one.isDialled() == link.isDialled()).toList();
      links.removeAll(replaced);
      links.add(link);
      hear(told);
    }
    replaced.forEach(PeerLink::close);
    calls.opened(told);
    link.wake();
  }

  /// The node has new packet keys, as every epoch.
  synchronized void told(NodeInfo fresh) {
    hear(fresh);
  }

  private void hear(NodeInfo fresh) {
    if (info.isPresent() && !sameKeys(info.get(), fresh)) {
      dropAll();
    }
    info = Optional.of(fresh);
  }

  /// A node that started again has other keys: what waited for the old ones is of no use.
  private static boolean sameKeys(NodeInfo old, NodeInfo fresh) {
    long step = fresh.epoch() - old.epoch();
    if (Math.abs(step) >= NodeInfo.EPOCHS) {
      return false;
    }
    List<ByteString> earlier = step >= 0 ? old.packetKeys() : fresh.packetKeys();
    List<ByteString> later = step >= 0 ? fresh.packetKeys() : old.packetKeys();
    int shift = (int) Math.abs(step);
    return earlier
        .subList(shift, NodeInfo.EPOCHS)
        .equals(later.subList(0, NodeInfo.EPOCHS - shift));
  }

  synchronized Optional<NodeInfo> info() {
    return info;
  }

  void closed(PeerLink link) {
    boolean needed;
    synchronized (this) {
      links.remove(link);
      needed = links.isEmpty() && !held.isEmpty();
    }
    calls.closed();
    if (needed) {
      calls.wanted();
    }
  }

  private void dropAll() {
    counters.dropped.add(held.size());
    held.forEach(one -> peers.released(one.share()));
    held.clear();
  }

  /// Drops packets older than the epoch before. True: the node was never there, or has not been
  /// needed for so long, that it may be forgotten.
  boolean tick(long epoch, Instant now) {
    List<PeerLink> alive;
    synchronized (this) {
      while (!held.isEmpty() && held.getFirst().epoch() + 1 < epoch) {
        peers.released(held.removeFirst().share());
        counters.dropped.increment();
      }
      alive = List.copyOf(links);
      if (!alive.isEmpty() || !held.isEmpty() || lastNeeded.equals(Instant.MIN)) {
        lastNeeded = now;
      }
    }
    alive.forEach(link -> link.tick(now));
    Duration most = info().isPresent() ? REMEMBERED : REMEMBERED_UNSEEN;
    return Duration.between(lastNeeded, now).compareTo(most) > 0;
  }
}
