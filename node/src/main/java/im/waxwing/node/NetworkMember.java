package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Role;
import im.waxwing.protocol.consensus.SignedConsensus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// What a node does as a member of an onion network: asks to be listed, follows the consensus,
/// keeps its place in the swarms, and passes on what other nodes say of themselves (consensus.md
/// §10.2).
///
/// One virtual thread steps through time, and one goes to each authority; the rest may be called on
/// any thread.
final class NetworkMember implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NetworkMember.class.getName());
  private static final Duration SHORTEST_STEP = Duration.ofMillis(50);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);
  private static final int STEPS_AN_EPOCH = 64;

  // consensus.md §10.2
  private static final Duration PULL = Duration.ofSeconds(60);
  private static final Duration PULL_AGAIN = Duration.ofSeconds(2);

  /// Becomes a member of the swarms that a consensus says, at first, and whenever that changes.
  interface Seat {
    void take(ConsensusPlacement placement) throws NodeException;

    void changed();
  }

  private final Membership membership;
  private final Office office;
  private final Identity identity;
  private final SecretBytes nodeSeed;
  private final SecretBytes operatorSeed;
  private final ConsensusShelf shelf;
  private final Roll roll;
  private final Neighbours neighbours;
  private final Seat seat;
  private final Loops loops;
  private final List<Thread> threads = new ArrayList<>();
  private volatile Map<NodeKey, NodeAddress> addresses = Map.of();
  private volatile Optional<Consensus> inUse = Optional.empty();
  // What follows belongs to the thread that steps.
  private Optional<ConsensusPlacement> placement = Optional.empty();
  private Optional<ByteString> listedBy = Optional.empty();
  private volatile Instant nextPull = Instant.MIN;

  private NetworkMember(
      Membership membership,
      Office office,
      Identity identity,
      NodeFolder folder,
      ConsensusShelf shelf,
      Seat seat)
      throws NodeException {
    this.membership = membership;
    this.office = office;
    this.identity = identity;
    this.nodeSeed = folder.seed();
    this.operatorSeed = folder.operatorSeed();
    this.shelf = shelf;
    this.roll = new Roll(office.clock());
    this.neighbours = new Neighbours(office.peers());
    this.seat = seat;
    this.loops =
        new Loops(
            office, roll, () -> consensus(office.clock().instant()), identity::infoForDialled);
  }

  /// Begins with what the folder remembers of the network, and goes to the authorities.
  static NetworkMember start(
      Membership membership,
      Office office,
      Identity identity,
      NodeFolder folder,
      Vertx vertx,
      Seat seat)
      throws NodeException {
    try {
      ConsensusShelf shelf =
          ConsensusShelf.open(folder.path(), membership.authorities(), office.clock().instant());
      NetworkMember member = new NetworkMember(membership, office, identity, folder, shelf, seat);
      office.peers().lookUpIn(member::address);
      office.onion().open(member);
      member.run(vertx);
      return member;
    } catch (IOException e) {
      throw new NodeException.BadStore(
          "the data folder cannot be used", "check that it is yours", e);
    }
  }

  private void run(Vertx vertx) {
    step();
    threads.add(Thread.ofVirtual().name("waxwing-network").start(this::steps));
    if (membership.roles().contains(Role.RELAY)) {
      threads.add(Thread.ofVirtual().name("waxwing-loops").start(loops));
    }
    for (Authority authority : membership.authorities().authorities()) {
      threads.add(
          Thread.ofVirtual()
              .name("waxwing-authority")
              .start(new AuthorityVisits(vertx, authority, shelf, this::word, office.clock())));
    }
  }

  /// What this node hands to the authorities in an epoch.
  private Descriptor word(long epoch) {
    NodeAddress own = identity.address();
    return Descriptor.sign(
        nodeSeed,
        shelf.chain().network(),
        epoch,
        new Descriptor.Word(
            own.host(),
            own.port(),
            membership.roles(),
            membership.weight(),
            operatorSeed,
            membership.family()));
  }

  /// The consensus that this node goes by; empty: none that still holds.
  Optional<Consensus> consensus(Instant now) {
    return inUse.filter(one -> now.isBefore(one.validUntil()));
  }

  // --- time -------------------------------------------------------------------------------------

  private void steps() {
    Duration pause = membership.authorities().epochLength().dividedBy(STEPS_AN_EPOCH);
    long millis = Math.clamp(pause.toMillis(), SHORTEST_STEP.toMillis(), LONGEST_STEP.toMillis());
    try {
      while (true) {
        Thread.sleep(Math.min(millis, untilNext().toMillis()));
        step();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Apps go by a consensus from the moment it begins.
  private Duration untilNext() {
    Instant now = office.clock().instant();
    return shelf
        .chain()
        .newest()
        .map(one -> Duration.between(now, one.consensus().validFrom()))
        .filter(Duration::isPositive)
        .orElse(LONGEST_STEP);
  }

  private void step() {
    try {
      Instant now = office.clock().instant();
      list();
      Optional<Consensus> current = shelf.chain().current(now);
      if (current.isPresent() && !current.equals(inUse)) {
        use(current.get());
        inUse = current;
      }
      neighbours.step(addresses, now);
      pull(now);
    } catch (NodeException | RuntimeException e) {
      LOG.log(Level.ERROR, "the node could not follow its network; check its folder", e);
    }
  }

  /// Nodes are known as soon as a consensus names them: it is for a time to come, at first.
  private void list() {
    Optional<ByteString> newest = shelf.chain().newest().map(one -> one.consensus().hash());
    if (newest.equals(listedBy)) {
      return;
    }
    listedBy = newest;
    Map<NodeKey, NodeAddress> known = new LinkedHashMap<>();
    for (SignedConsensus one : shelf.chain().remembered().reversed().stream().limit(2).toList()) {
      for (Entry entry : one.consensus().entries()) {
        known.putIfAbsent(entry.key(), entry.address());
      }
    }
    Set<NodeKey> all = new HashSet<>(known.keySet());
    known.remove(office.node());
    addresses = Map.copyOf(known);
    roll.list(all);
    renewed();
    office.peers().infos().forEach(info -> heard(info.nodeKey(), info));
    nextPull = Instant.MIN;
  }

  private void use(Consensus consensus) throws NodeException {
    if (!membership.roles().contains(Role.STORAGE)) {
      return;
    }
    if (placement.isEmpty()) {
      ConsensusPlacement first = new ConsensusPlacement(consensus);
      placement = Optional.of(first);
      seat.take(first);
    } else if (placement.get().use(consensus)) {
      seat.changed();
    }
  }

  // --- other nodes ------------------------------------------------------------------------------

  private Optional<NodeAddress> address(NodeKey node) {
    return Optional.ofNullable(addresses.get(node));
  }

  boolean keeps(NodeKey node) {
    return neighbours.keeps(node);
  }

  /// A word that is news is passed on once, to the neighbours.
  void heard(NodeKey from, NodeInfo info) {
    if (!info.nodeKey().equals(office.node()) && roll.offer(info)) {
      passOn(from, info);
    }
  }

  private void passOn(NodeKey from, NodeInfo info) {
    office
        .peers()
        .eachLink(
            (node, link) -> {
              if (keeps(node) && !node.equals(from) && !node.equals(info.nodeKey())) {
                link.send(new Frame.Gossip(info));
              }
            });
  }

  /// This node's own word; its links hear it without gossip.
  void renewed() {
    boolean _ = roll.offer(identity.infoForDialled());
  }

  /// Asks one of the linked nodes for what all nodes say.
  private void pull(Instant now) {
    if (now.isBefore(nextPull)) {
      return;
    }
    List<PeerLink> links = new ArrayList<>();
    office
        .peers()
        .eachLink(
            (node, link) -> {
              if (addresses.containsKey(node)) {
                links.add(link);
              }
            });
    if (links.isEmpty()) {
      return;
    }
    nextPull = now.plus(PULL_AGAIN);
    links
        .get(ThreadLocalRandom.current().nextInt(links.size()))
        .ask(
            DocumentKind.NODE_INFOS,
            roll.document().hash(),
            document -> Thread.startVirtualThread(() -> pulled(document)));
  }

  private void pulled(ByteString document) {
    try {
      nextPull = office.clock().instant().plus(PULL);
      if (document.size() > 0) {
        // The others have it already: it is not passed on.
        NodeInfos.decode(document).infos().stream()
            .filter(info -> !info.nodeKey().equals(office.node()))
            .forEach(roll::offer);
      }
    } catch (MalformedException _) {
      nextPull = office.clock().instant().plus(PULL_AGAIN);
    }
  }

  Loops loops() {
    return loops;
  }

  // --- documents --------------------------------------------------------------------------------

  Optional<ByteString> answer(Frame.AskDocument ask) {
    return switch (ask.kind()) {
      case CONSENSUS -> shelf.consensus(ask);
      case NODE_INFOS -> nodeInfos(ask);
      case NETWORK -> shelf.network(ask);
      case VOTE, REVEAL, SIGNATURE, PROOF, DESCRIPTOR -> Optional.empty();
    };
  }

  private Optional<ByteString> nodeInfos(Frame.AskDocument ask) {
    Roll.Document document = roll.document();
    return Optional.of(document.hash().equals(ask.known()) ? ByteString.EMPTY : document.bytes());
  }

  /// A network with short epochs has more to ask for in a minute.
  Duration measure() {
    Duration epoch = membership.authorities().epochLength();
    return epoch.compareTo(Questions.MINUTE) < 0 ? epoch : Questions.MINUTE;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        boolean _ = thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    operatorSeed.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
