package im.waxwing.node.testing;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.node.DocumentLink;
import im.waxwing.node.Limits;
import im.waxwing.node.Membership;
import im.waxwing.node.Node;
import im.waxwing.node.NodeConfig;
import im.waxwing.node.NodeException;
import im.waxwing.node.directory.AuthorityConfig;
import im.waxwing.node.directory.AuthorityNode;
import im.waxwing.node.directory.Founding;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.Role;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A whole onion network in this process: authorities and nodes with ports and folders of their own
/// on this machine, by its clock, over real links. Each of them can be stopped and started again at
/// the same port.
///
/// One thread at a time.
public final class OnionNetwork implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(50);

  /// What a network is made of.
  ///
  /// @param epoch 1 s to 1 day; the first consensus holds after about two, at most
  /// @param parameters what all authorities vote for
  public record Shape(int authorities, int nodes, Duration epoch, Parameters parameters) {
    /// Three authorities; every node relays and stores, each of an operator of its own; work that
    /// is done at once. All nodes are in one subnet, this machine.
    public static Shape of(int nodes) {
      return new Shape(
          3,
          nodes,
          Duration.ofSeconds(8),
          Parameters.STANDARD.with(Set.of(Parameters.Rule.OPERATOR)).withAdmission(4));
    }

    public Shape withEpoch(Duration other) {
      return new Shape(authorities, nodes, other, parameters);
    }

    public Shape with(Parameters other) {
      return new Shape(authorities, nodes, epoch, other);
    }
  }

  private final Path folder;
  private final Shape shape;
  private final AuthoritySet set;
  private final Clock clock = Clock.systemUTC();
  private final Vertx vertx = Vertx.vertx();
  private final List<Optional<AuthorityNode>> authorities = new ArrayList<>();
  private final List<Optional<Node>> nodes = new ArrayList<>();
  private final List<NodeAddress> addresses = new ArrayList<>();

  private OnionNetwork(Path folder, Shape shape) throws IOException, NodeException {
    this.folder = folder;
    this.shape = shape;
    this.set = Founding.local(folder, shape.authorities(), shape.epoch());
  }

  /// Starts a network and waits until all of it can be used.
  public static OnionNetwork start(Path folder, int nodes) throws Exception {
    return start(folder, Shape.of(nodes));
  }

  /// Starts a network and waits until all of it can be used.
  public static OnionNetwork start(Path folder, Shape shape) throws Exception {
    OnionNetwork network = new OnionNetwork(folder, shape);
    try {
      for (int i = 0; i < shape.authorities(); i++) {
        network.authorities.add(Optional.empty());
        network.startAuthority(i);
      }
      for (int i = 0; i < shape.nodes(); i++) {
        network.nodes.add(Optional.of(network.node(i, 0)));
        network.addresses.add(network.node(i).address().node());
      }
      network.awaitListed();
      network.awaitAcquainted();
      return network;
    } catch (Exception | AssertionError e) {
      network.close();
      throw e;
    }
  }

  private Path folderOf(String kind, int number) {
    return folder.resolve(kind + "-" + (number + 1));
  }

  private Node node(int number, int port) throws NodeException {
    NodeConfig config =
        NodeConfig.in(folderOf("node", number))
            .onThisMachine(port)
            .withLimits(Limits.STANDARD.withDiskReserve(0))
            .withMembership(
                new Membership(set, Set.of(Role.RELAY, Role.STORAGE), "", Membership.USUAL_WEIGHT));
    return Node.start(config, clock);
  }

  /// The authorities and the length of an epoch: what the network file says.
  public AuthoritySet authorities() {
    return set;
  }

  /// The network, entered by way of the first node.
  public NetworkAddress address() {
    return addressBy(0);
  }

  /// The network, entered by way of a node.
  public NetworkAddress addressBy(int node) {
    NodeAddress entry = addressOf(node);
    return new NetworkAddress(entry.host(), entry.port(), set.id());
  }

  /// Where a node answers, whether or not it runs.
  public NodeAddress addressOf(int node) {
    return addresses.get(node);
  }

  public Node node(int number) {
    return nodes.get(number).orElseThrow();
  }

  public AuthorityNode authority(int number) {
    return authorities.get(number).orElseThrow();
  }

  public void stopNode(int number) {
    nodes.get(number).ifPresent(Node::close);
    nodes.set(number, Optional.empty());
  }

  /// Starts it in its folder and at its port: with fresh packet keys.
  public void startNode(int number) throws NodeException {
    nodes.set(number, Optional.of(node(number, addressOf(number).port())));
  }

  public void stopAuthority(int number) {
    authorities.get(number).ifPresent(AuthorityNode::close);
    authorities.set(number, Optional.empty());
  }

  public void startAuthority(int number) throws NodeException {
    AuthorityConfig config =
        new AuthorityConfig(folderOf("authority", number), "127.0.0.1", shape.parameters());
    authorities.set(number, Optional.of(AuthorityNode.start(config, clock)));
  }

  /// The newest consensus that a running authority has, if it may be used now.
  public Optional<Consensus> consensus() {
    return authorities.stream()
        .flatMap(Optional::stream)
        .flatMap(authority -> authority.newest().stream())
        .map(signed -> signed.consensus())
        .max((one, other) -> Long.compare(one.epoch(), other.epoch()))
        .filter(one -> !clock.instant().isBefore(one.validFrom()));
  }

  /// Waits until the consensus that holds lists exactly the nodes that run, and all of them use it.
  public void awaitListed() throws InterruptedException {
    await(
        "the nodes that run are listed",
        () -> {
          List<Node> running = nodes.stream().flatMap(Optional::stream).toList();
          Set<NodeKey> keys =
              Set.copyOf(running.stream().map(node -> node.address().node().key()).toList());
          return running.stream()
              .allMatch(node -> node.consensus().filter(one -> isOf(one, keys)).isPresent());
        });
  }

  private static boolean isOf(Consensus consensus, Set<NodeKey> keys) {
    return Set.copyOf(consensus.entries().stream().map(entry -> entry.key()).toList()).equals(keys);
  }

  /// Waits until every node that runs hands out the packet keys that every other has now.
  public void awaitAcquainted() throws InterruptedException {
    List<NodeInfo> own = new ArrayList<>();
    List<NodeAddress> running = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isPresent()) {
        running.add(addressOf(i));
        own.add(infoOf(addressOf(i)));
      }
    }
    for (NodeAddress node : running) {
      await("all nodes are known to each", () -> knows(node, own));
    }
  }

  private NodeInfo infoOf(NodeAddress node) throws InterruptedException {
    try (DocumentLink link = DocumentLink.open(vertx, node)) {
      return link.info();
    } catch (IOException e) {
      throw new AssertionError("a node does not answer", e);
    }
  }

  private boolean knows(NodeAddress node, List<NodeInfo> others) {
    List<NodeInfo> known = knownTo(node);
    return others.stream()
        .allMatch(
            one ->
                known.stream()
                    .anyMatch(
                        info ->
                            info.nodeKey().equals(one.nodeKey())
                                && info.packetKeys().equals(one.packetKeys())));
  }

  /// What a node hands out of all nodes' words; empty if it does not answer.
  public List<NodeInfo> knownTo(NodeAddress node) {
    ByteString none = Frame.AskDocument.NONE;
    try (DocumentLink link = DocumentLink.open(vertx, node)) {
      Optional<ByteString> document = link.ask(DocumentKind.NODE_INFOS, 0, none, none);
      return document.isEmpty() ? List.of() : NodeInfos.decode(document.get()).infos();
    } catch (IOException | MalformedException _) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Something that becomes true.
  public interface Condition {
    boolean holds() throws InterruptedException;
  }

  /// Waits for it.
  public static void await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < nodes.size(); i++) {
      stopNode(i);
    }
    for (int i = 0; i < authorities.size(); i++) {
      stopAuthority(i);
    }
    var _ = vertx.close();
  }
}
