package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The other nodes this one knows of, and the packets that wait for them. In memory only.
///
/// Safe for many threads.
final class Peers {
  private final NodeKey self;
  private final Federation federation;
  private final RelayLimits limits;
  private final EpochKeys keys;
  private final Counters counters;
  private final AtomicInteger heldInAll = new AtomicInteger();
  private final AtomicInteger dials = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final ConcurrentHashMap<NodeKey, Peer> peers = new ConcurrentHashMap<>();
  private final List<Dialler> diallers = new CopyOnWriteArrayList<>();
  private volatile AddressBook book = _ -> Optional.empty();

  /// Where nodes answer that the consensus lists.
  interface AddressBook {
    Optional<NodeAddress> address(NodeKey node);
  }

  Peers(
      NodeKey self, Federation federation, RelayLimits limits, EpochKeys keys, Counters counters) {
    this.self = self;
    this.federation = federation;
    this.limits = limits;
    this.keys = keys;
    this.counters = counters;
  }

  /// An event loop is ready to dial.
  void add(Dialler dialler) {
    diallers.add(dialler);
  }

  /// From now on listed nodes are known, and dialled when packets are for them.
  void lookUpIn(AddressBook listed) {
    book = listed;
  }

  Optional<NodeAddress> listed(NodeKey node) {
    return book.address(node);
  }

  /// Gives a packet to the node it is for, at once or when that can be reached. A packet for a node
  /// that is not known, or for which too many wait, is dropped.
  ///
  /// @param share of the link it came by
  void forward(NodeKey to, ByteString packet, Share share) {
    Peer peer = listed(to).isPresent() ? find(to) : peers.get(to);
    if (peer == null || !delay(share)) {
      counters.dropped.increment();
    } else if (!peer.hold(packet, keys.now().epoch(), share)) {
      released(share);
      counters.dropped.increment();
    }
  }

  /// Counts a packet as waiting, until it is [#released]. False: too many wait.
  boolean delay(Share share) {
    if (!share.take()) {
      return false;
    }
    if (heldInAll.incrementAndGet() > limits.heldInAll()) {
      released(share);
      return false;
    }
    return true;
  }

  /// A packet that waited waits no more: it was sent, or dropped.
  void released(Share share) {
    heldInAll.decrementAndGet();
    share.giveBack();
  }

  /// Makes sure of a link to a node, and tells what that says of itself.
  void reach(NodeAddress node, Consumer<Reached> then) {
    if (node.key().equals(self)) {
      then.accept(new Reached.Not(AnswerCode.UNREACHABLE_NODE));
    } else if (!federation.allows(node)) {
      then.accept(new Reached.Not(AnswerCode.NOT_ALLOWED));
    } else {
      Peer peer = find(node.key());
      if (peer == null) {
        then.accept(new Reached.Not(AnswerCode.BUSY));
      } else {
        peer.calls().reach(node, then);
      }
    }
  }

  /// Sends a frame by a link that lives, or once there is one; is nothing to be heard of within
  /// seconds, it is lost.
  void send(NodeAddress to, Frame frame) {
    Optional<PeerLink> link = linkTo(to.key());
    if (link.isPresent()) {
      link.get().send(frame);
    } else {
      reach(
          to,
          reached -> {
            if (reached instanceof Reached.Here) {
              linkTo(to.key()).ifPresent(fresh -> fresh.send(frame));
            }
          });
    }
  }

  private Optional<PeerLink> linkTo(NodeKey key) {
    Peer peer = peers.get(key);
    return peer == null ? Optional.empty() : peer.newestLink();
  }

  /// The nodes that there is a link to.
  List<NodeKey> linked() {
    List<NodeKey> linked = new ArrayList<>();
    eachLink((node, _) -> linked.add(node));
    return linked;
  }

  /// Shows the link by which each node is to be spoken to.
  void eachLink(BiConsumer<NodeKey, PeerLink> to) {
    peers.forEach((node, peer) -> peer.newestLink().ifPresent(link -> to.accept(node, link)));
  }

  /// What each node said last.
  List<NodeInfo> infos() {
    return peers.values().stream().flatMap(peer -> peer.info().stream()).toList();
  }

  /// The node of a link that came to this one and may stay; null: too many are known.
  @Nullable Peer greeted(NodeAddress node) {
    Peer peer = find(node.key());
    if (peer != null) {
      peer.calls().heardOf(node);
    }
    return peer;
  }

  private @Nullable Peer find(NodeKey key) {
    Peer known = peers.get(key);
    if (known != null) {
      return known;
    }
    if (peers.size() >= limits.peers() || diallers.isEmpty()) {
      return null;
    }
    return peers.computeIfAbsent(
        key,
        _ -> {
          int next = Math.floorMod(turn.getAndIncrement(), diallers.size());
          return new Peer(key, this, limits, diallers.get(next), counters);
        });
  }

  /// False: too many nodes are being dialled.
  boolean mayDial() {
    if (dials.incrementAndGet() > limits.dials()) {
      dials.decrementAndGet();
      return false;
    }
    return true;
  }

  void dialled() {
    dials.decrementAndGet();
  }

  /// Drops what waited too long and forgets nodes of which nothing was heard for hours. Called
  /// every few seconds.
  void tick(Instant now) {
    long epoch = keys.now().epoch();
    for (NodeKey key : new ArrayList<>(peers.keySet())) {
      Peer peer = peers.get(key);
      if (peer != null && peer.tick(epoch, now)) {
        peers.remove(key, peer);
      }
    }
  }
}
