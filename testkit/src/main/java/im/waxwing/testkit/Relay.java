package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.PeerGreeting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A node among other nodes: dials them, passes packets on, and holds some for a node that does not
/// answer just now. All of it is gone with the node's memory.
final class Relay {
  private static final int MOST_HELD = 1_024;
  private static final Duration LONGEST_HELD = PacketKeys.EPOCH.multipliedBy(2);
  private static final Duration DIAL_LIMIT = Duration.ofSeconds(8);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

  private final SimulatedNode node;
  private final SimulatedNetwork network;
  private final SecretBytes seed;
  private final Map<NodeKey, Peer> peers = new LinkedHashMap<>();

  private record Held(Instant since, ByteString packet) {}

  /// What another node says of itself, and when it was heard.
  private record Told(NodeInfo info, Instant heard) {}

  /// Another node, and the link to it while there is one.
  private final class Peer {
    final NodeAddress address;
    final Deque<Held> held = new ArrayDeque<>();
    final List<Consumer<Optional<NodeInfo>>> asking = new ArrayList<>();
    Optional<Told> told = Optional.empty();
    Optional<NodeWire> accepted = Optional.empty();
    Optional<Dial> dial = Optional.empty();
    Duration pause = FIRST_PAUSE;

    Peer(NodeAddress address) {
      this.address = address;
    }

    void ask(Consumer<Optional<NodeInfo>> outcome) {
      if (isLinked() && told.filter(this::isOfThisEpoch).isPresent()) {
        outcome.accept(told.map(Told::info));
        return;
      }
      asking.add(outcome);
      node.machine().after(DIAL_LIMIT, () -> giveUp(outcome));
      dialAnew();
    }

    private void giveUp(Consumer<Optional<NodeInfo>> outcome) {
      if (asking.remove(outcome)) {
        outcome.accept(Optional.empty());
      }
    }

    private boolean isOfThisEpoch(Told word) {
      Duration since = Duration.between(word.heard(), network.time().now());
      return PacketKeys.epoch(word.info().time().plus(since)) == word.info().epoch();
    }

    boolean isLinked() {
      return accepted.isPresent() || dial.filter(Dial::isOpen).isPresent();
    }

    void pass(ByteString packet) {
      if (isLinked()) {
        send(new Frame.Packet(packet));
      } else if (held.size() < MOST_HELD) {
        held.add(new Held(network.time().now(), packet));
        if (dial.isEmpty()) {
          dialAnew();
        }
      }
    }

    private void send(Frame frame) {
      dial.filter(Dial::isOpen)
          .ifPresentOrElse(
              open -> open.send(frame), () -> accepted.ifPresent(wire -> wire.answer(frame)));
    }

    private void dialAnew() {
      if (dial.isEmpty() || dial.get().isOpen()) {
        dial.ifPresent(Dial::drop);
        Dial begun = new Dial(this);
        dial = Optional.of(begun);
        begun.begin();
      }
    }

    void linked() {
      pause = FIRST_PAUSE;
      Instant oldest = network.time().now().minus(LONGEST_HELD);
      held.removeIf(one -> one.since().isBefore(oldest));
      while (!held.isEmpty()) {
        send(new Frame.Packet(held.remove().packet()));
      }
    }

    void heard(NodeInfo info) {
      told = Optional.of(new Told(info, network.time().now()));
      List<Consumer<Optional<NodeInfo>>> answered = List.copyOf(asking);
      asking.clear();
      answered.forEach(outcome -> outcome.accept(Optional.of(info)));
    }

    void lost() {
      dial = Optional.empty();
      List.copyOf(asking).forEach(this::giveUp);
      if (!held.isEmpty()) {
        node.machine().after(pause, this::dialUnlessLinked);
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
      }
    }

    private void dialUnlessLinked() {
      if (!isLinked() && dial.isEmpty()) {
        dialAnew();
      }
    }
  }

  /// One call of this node to another, from its beginning to the end of the link.
  private final class Dial implements Wire.End {
    private final Peer peer;
    private Optional<Wire> wire = Optional.empty();
    private boolean open;

    Dial(Peer peer) {
      this.peer = peer;
    }

    void begin() {
      network.connect(
          node.name(),
          peer.address,
          this,
          outcome -> {
            if (!node.machine().run(() -> connected(outcome))) {
              outcome.ifPresent(Wire::cut);
            }
          });
      node.machine().after(DIAL_LIMIT, this::needOpen);
    }

    boolean isOpen() {
      return open;
    }

    private boolean isCurrent() {
      return peer.dial.isPresent() && peer.dial.get() == this;
    }

    private void connected(Optional<Wire> outcome) {
      if (!isCurrent()) {
        outcome.ifPresent(Wire::cut);
      } else if (outcome.isEmpty()) {
        peer.lost();
      } else {
        wire = outcome;
      }
    }

    private void needOpen() {
      if (isCurrent() && !open) {
        end();
      }
    }

    void send(Frame frame) {
      wire.ifPresent(there -> there.sendToNode(node.encoded(frame)));
    }

    @Override
    public void received(ByteString record) {
      node.machine()
          .run(
              () -> {
                if (isCurrent()) {
                  read(record);
                }
              });
    }

    private void read(ByteString record) {
      try {
        switch (Frame.decode(record.toByteArray())) {
          case Frame.AboutNode(NodeInfo info) -> hear(info);
          case Frame.Packet(ByteString packet) -> node.passed(packet);
          case Frame.Ping _,
              Frame.Pong _,
              Frame.Answer _,
              Frame.Push _,
              Frame.CaughtUp _,
              Frame.Attach _,
              Frame.Reply _,
              Frame.Peer _,
              Frame.PeerRequest _,
              Frame.PeerAnswer _,
              Frame.AskDocument _,
              Frame.Gossip _,
              Frame.DocumentPart _ ->
              end();
        }
      } catch (MalformedException e) {
        end();
      }
    }

    private void hear(NodeInfo info) {
      if (!info.isFrom(peer.address.key(), wire.orElseThrow().node().linkKeyHash())) {
        end();
        return;
      }
      if (!open) {
        open = true;
        Instant now = node.machine().clock().instant();
        send(new Frame.Peer(PeerGreeting.sign(seed, node.address(), now, info)));
        send(new Frame.AboutNode(node.info()));
        peer.linked();
      }
      peer.heard(info);
    }

    @Override
    public void broken() {
      node.machine()
          .run(
              () -> {
                if (isCurrent()) {
                  end();
                }
              });
    }

    private void end() {
      drop();
      peer.lost();
    }

    void drop() {
      open = false;
      wire.ifPresent(Wire::cut);
    }
  }

  Relay(SimulatedNode node, SimulatedNetwork network, SecretBytes seed) {
    this.node = node;
    this.network = network;
    this.seed = seed;
  }

  /// Makes sure of a link to another node; tells what that one says of itself, or nothing where it
  /// does not answer in time.
  void reach(NodeAddress address, Consumer<Optional<NodeInfo>> outcome) {
    peers.computeIfAbsent(address.key(), _ -> new Peer(address)).ask(outcome);
  }

  /// Passes a packet on; it is dropped where nobody has named the next node.
  void pass(NodeKey next, ByteString packet) {
    Optional.ofNullable(peers.get(next)).ifPresent(peer -> peer.pass(packet));
  }

  /// Another node has dialled this one, or somebody says so.
  void greeted(NodeWire wire, PeerGreeting greeting) {
    Instant now = node.machine().clock().instant();
    if (!greeting.isFor(node.address().key(), node.linkKeyHash(), now)) {
      wire.cut();
      return;
    }
    NodeAddress address = greeting.address();
    Peer peer = peers.computeIfAbsent(address.key(), _ -> new Peer(address));
    peer.accepted = Optional.of(wire);
    peer.linked();
  }

  /// Whether it is a link to another node.
  boolean isPeer(NodeWire wire) {
    return peer(wire).isPresent();
  }

  /// The node that dialled tells of itself.
  void told(NodeWire wire, NodeInfo info) {
    peer(wire).filter(peer -> info.isSignedBy(peer.address.key())).ifPresent(p -> p.heard(info));
  }

  void gone(NodeWire wire) {
    peer(wire).ifPresent(peer -> peer.accepted = Optional.empty());
  }

  private Optional<Peer> peer(NodeWire wire) {
    return peers.values().stream()
        .filter(peer -> peer.accepted.filter(one -> one == wire).isPresent())
        .findFirst();
  }

  /// Ends the links that this node has begun.
  void cutDialled() {
    peers.values().stream().flatMap(peer -> peer.dial.stream()).forEach(Dial::drop);
  }

  void loseMemory() {
    cutDialled();
    peers.values().forEach(peer -> peer.dial = Optional.empty());
    peers.clear();
  }
}
