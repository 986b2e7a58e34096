package im.waxwing.node.directory;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.node.DocumentLink;
import im.waxwing.node.MovedClock;
import im.waxwing.node.Node;
import im.waxwing.node.NodeConfig;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.Role;
import im.waxwing.protocol.consensus.SignedConsensus;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Three authorities with real listeners on this machine, by a clock that is moved by hand.
final class Network implements AutoCloseable {
  static final int VOTES = 1;
  static final int REVEALS = 2;
  static final int NODES = 3;
  static final Duration EPOCH = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  final AuthoritySet set;
  final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final Map<NodeKey, Path> folders = new HashMap<>();
  private final Map<Integer, AuthorityNode> running = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  Network(Path folder) throws Exception {
    this.folder = folder;
    List<Authority> authorities = new ArrayList<>();
    for (int port : freePorts(3)) {
      Path own = folder.resolve("authority-" + port);
      try (AuthorityKey key = AuthorityFolder.create(own)) {
        NodeAddress address = new NodeAddress("127.0.0.1", port, key.nodeKey());
        authorities.add(new Authority(address, key.latticeKey()));
        folders.put(key.nodeKey(), own);
      }
    }
    set = new AuthoritySet(EPOCH, authorities);
    for (Path own : folders.values()) {
      Files.writeString(own.resolve(AuthorityFolder.NETWORK_FILE), set.format());
    }
  }

  static List<Integer> freePorts(int count) throws Exception {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  Path folderOf(int authority) {
    return Objects.requireNonNull(folders.get(set.authorities().get(authority).address().key()));
  }

  void start(int... authorities) throws Exception {
    for (int authority : authorities) {
      Parameters parameters = Parameters.STANDARD.with(Set.of());
      AuthorityConfig config = new AuthorityConfig(folderOf(authority), "127.0.0.1", parameters);
      running.put(authority, AuthorityNode.start(config, clock));
    }
  }

  void stop(int authority) {
    Objects.requireNonNull(running.remove(authority)).close();
  }

  AuthorityNode authority(int authority) {
    return Objects.requireNonNull(running.get(authority));
  }

  long epoch() {
    return set.epochAt(clock.instant());
  }

  /// Moves the clock to an eighth of this epoch, or of the next if it is past.
  void moveTo(int eighth) {
    Instant target = set.beginOf(epoch()).plus(EPOCH.dividedBy(8).multipliedBy(eighth));
    if (!target.isAfter(clock.instant())) {
      target = target.plus(EPOCH);
    }
    clock.move(Duration.between(clock.instant(), target));
  }

  /// Goes through one epoch up to the consensus for the next, all running authorities taking part.
  void agree() {
    int parties = running.size();
    moveTo(Clerk.VOTE);
    awaitProgress(VOTES, parties);
    moveTo(Clerk.REVEAL);
    awaitProgress(REVEALS, parties);
    moveTo(Clerk.SIGN);
    awaitConsensus(epoch() + 1);
  }

  void awaitProgress(int which, int count) {
    await(
        () ->
            running.values().stream()
                .map(AuthorityNode::progress)
                .allMatch(one -> one.getFirst() == epoch() + 1 && one.get(which) >= count));
  }

  void awaitConsensus(long epoch) {
    await(
        () ->
            running.values().stream()
                .allMatch(
                    one -> one.newest().filter(it -> it.consensus().epoch() == epoch).isPresent()));
  }

  static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting in vain").isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  SignedConsensus newest(int authority) {
    return authority(authority).newest().orElseThrow();
  }

  Consensus agreed() {
    List<SignedConsensus> newest =
        running.values().stream().map(one -> one.newest().orElseThrow()).toList();
    assertThat(newest).allMatch(one -> one.isSignedBy(set));
    assertThat(newest.stream().map(SignedConsensus::consensus).distinct()).hasSize(1);
    return newest.getFirst().consensus();
  }

  Node node(String name) throws Exception {
    Node node = Node.start(NodeConfig.in(folder.resolve(name)).onThisMachine(0), clock);
    nodes.add(node);
    return node;
  }

  void stop(Node node) {
    nodes.remove(node);
    node.close();
  }

  static Descriptor.Word word(NodeAddress address) {
    return new Descriptor.Word(
        address.host(),
        address.port(),
        Set.of(Role.RELAY, Role.STORAGE),
        10,
        SecretBytes.generate(32),
        "");
  }

  /// The word of a node whose key file is in its folder.
  Descriptor descriptor(String name, NodeAddress address) throws Exception {
    byte[] seed = Files.readAllBytes(folder.resolve(name).resolve("node-key"));
    return Descriptor.sign(SecretBytes.copyOf(seed), set.id(), epoch(), word(address));
  }

  boolean register(Descriptor descriptor, int authority) throws Exception {
    NodeAddress address = set.authorities().get(authority).address();
    try (DocumentLink link = DocumentLink.open(vertx, address)) {
      return link.hand(DocumentKind.DESCRIPTOR, descriptor.encode());
    }
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::stop);
    nodes.forEach(Node::close);
    var _ = vertx.close();
  }
}
