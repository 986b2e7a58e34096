package im.waxwing.node;

import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.consensus.Consensus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PqcEnforcementPolicy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A running node: keeps mailboxes and drawers in its folder and answers on its port until closed.
///
/// Safe for many threads.
public final class Node implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Node.class.getName());
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE_PATIENCE = Duration.ofSeconds(150);
  private static final Duration TICK = Duration.ofSeconds(10);
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final NodeConfig config;
  private final NodeFolder folder;
  private final Clock clock;
  private final Vertx vertx;
  private final Office office;
  private final Identity identity;
  private final List<LinkServer> servers = new CopyOnWriteArrayList<>();
  private volatile Optional<NetworkMember> member = Optional.empty();
  private volatile long sweptDay = -1;

  private Node(NodeConfig config, NodeFolder folder, MailboxStore store, Clock clock)
      throws IOException {
    this.config = config;
    this.folder = folder;
    this.clock = clock;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(loops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true));
    var _ =
        vertx.exceptionHandler(
            bug -> LOG.log(Level.ERROR, "a bug in the node; please report it", bug));
    EpochKeys keys = new EpochKeys(clock.instant(), config.limits().packetsPerEpoch());
    Counters counters = new Counters();
    RelayLimits relaying = config.limits().relaying();
    Subscriptions subscriptions = new Subscriptions();
    this.identity = new Identity(folder, config.host(), clock, keys);
    Committer committer =
        new Committer(store, subscriptions, Files.getFileStore(folder.path()), config.limits());
    this.office =
        new Office(
            folder.key(),
            folder.token(),
            clock,
            config.limits(),
            keys,
            committer,
            subscriptions,
            new StockedSubscriptions(subscriptions, keys, relaying.stockedBlocks()),
            new Attached(),
            new Peers(folder.key(), config.federation(), relaying, keys, counters),
            new Swarms(),
            new OnionDesk(),
            counters);
  }

  /// Starts a node by the machine's clock.
  public static Node start(NodeConfig config) throws NodeException {
    return start(config, Clock.offset(Clock.systemUTC(), config.clockOffset()));
  }

  /// Starts a node by the given clock.
  public static Node start(NodeConfig config, Clock clock) throws NodeException {
    NodeFolder folder = NodeFolder.open(config.data());
    try {
      return start(config, folder, MailboxStore.open(folder.path(), config.limits()), clock);
    } catch (NodeException | RuntimeException e) {
      closeQuietly(folder);
      throw e;
    }
  }

  private static Node start(NodeConfig config, NodeFolder folder, MailboxStore store, Clock clock)
      throws NodeException {
    try {
      Node node = new Node(config, folder, store, clock);
      node.office.committer().start();
      try {
        node.listen();
        node.enterNetwork();
      } catch (NodeException | RuntimeException e) {
        node.close();
        throw e;
      }
      return node;
    } catch (IOException e) {
      throw new NodeException.BadStore(
          "the data folder cannot be used", "check that it is yours", e);
    }
  }

  private void listen() throws NodeException {
    AtomicInteger links = new AtomicInteger();
    try {
      await(
          vertx.deployVerticle(
              () -> {
                LinkServer server =
                    new LinkServer(
                        serverOptions(),
                        office,
                        folder.path(),
                        identity,
                        config.federation(),
                        DialRule.of(config.host()),
                        links);
                servers.add(server);
                return server;
              },
              new DeploymentOptions().setInstances(loops())));
      identity.listensOn(servers.getFirst().port());
      folder.writeAddress(address());
      folder.writeNetwork(network());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BindException bind
          ? new NodeException.PortTaken(config.port(), bind)
          : new NodeException.BadStore("the node cannot listen", "see the cause", e);
    } catch (IOException | TimeoutException e) {
      throw new NodeException.BadStore("the node cannot listen", "see the cause", e);
    }
    tick();
    long _ = vertx.setPeriodic(TICK.toMillis(), _ -> tick());
    LOG.log(Level.INFO, "node started");
  }

  private void enterNetwork() throws NodeException {
    if (config.membership().isEmpty()) {
      return;
    }
    NetworkMember.Seat seat =
        new NetworkMember.Seat() {
          @Override
          public void take(ConsensusPlacement placement) throws NodeException {
            join(placement);
          }

          @Override
          public void changed() {
            placementChanged();
          }
        };
    member =
        Optional.of(
            NetworkMember.start(config.membership().get(), office, identity, folder, vertx, seat));
  }

  private NetServerOptions serverOptions() {
    TlsIdentity tls = folder.tls();
    NetServerOptions options =
        new NetServerOptions()
            .setHost(config.bindAddress())
            // −1: any free port, the same for all event loops.
            .setPort(config.port() == 0 ? -1 : config.port())
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setKeyValue(Buffer.buffer(tls.keyPem()))
                    .setCertValue(Buffer.buffer(tls.certificatePem())))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setSslHandshakeTimeout(HANDSHAKE_PATIENCE.toSeconds())
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
            .setReadIdleTimeout((int) IDLE_PATIENCE.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    options
        .getSslOptions()
        .setKeyExchangeGroups(List.of("X25519MLKEM768"))
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  /// Steps to the clock's epoch and day. Called every few seconds.
  void tick() {
    Instant instant = clock.instant();
    if (office.keys().advance(instant)) {
      servers.forEach(LinkServer::tellOfNewKeys);
      office.onion().renewed();
    }
    office.peers().tick(instant);
    office.swarms().tick(instant);
    office.committer().errand(() -> office.stocked().forgetAbandoned(instant));
    Day today = Day.of(instant);
    if (today.number() != sweptDay) {
      sweep(today);
    }
  }

  private void sweep(Day today) {
    boolean queued =
        office
            .committer()
            .submit(
                new Committer.Work() {
                  @Override
                  public Runnable carryOut(MailboxStore store) throws SQLException {
                    int gone = store.sweep(today);
                    return () -> sweptDay = gone == 0 ? today.number() : -1;
                  }

                  @Override
                  public void undone(AnswerCode why) {
                    sweptDay = -1;
                  }
                });
    if (!queued) {
      sweptDay = -1;
    }
  }

  /// What to hand to the people who are to live at this node.
  public NodeAddress.WithAdmission address() {
    return new NodeAddress.WithAdmission(identity.address(), folder.token());
  }

  /// The onion network that it is a node of, entered by way of it; empty: it is in none.
  public Optional<NetworkAddress> network() {
    NodeAddress own = identity.address();
    return config
        .membership()
        .map(one -> new NetworkAddress(own.host(), own.port(), one.authorities().id()));
  }

  /// The consensus of its onion network that this node follows now; empty: it is in none, or none
  /// holds.
  public Optional<Consensus> consensus() {
    return member.flatMap(one -> one.consensus(clock.instant()));
  }

  /// Becomes a member of the swarms that a network's consensus puts this node into; once.
  public void join(SwarmPlacement placement) throws NodeException {
    PeerAsks.Post post =
        (to, frame) -> {
          Optional<NodeAddress> address = placement.address(to);
          address.ifPresent(known -> office.peers().send(known, frame));
          return address.isPresent();
        };
    try {
      office.swarms().join(office, folder.seed(), placement, post, folder.path());
    } catch (SQLException e) {
      throw new NodeException.BadStore(
          "the store cannot be read", "check that the folder is yours", e);
    }
  }

  /// The consensus has changed who keeps what: this node fetches what it should keep, soon.
  public void placementChanged() {
    office.swarms().placementChanged();
  }

  Counters counters() {
    return office.counters();
  }

  /// Answers what is queued, then lets everything go.
  @Override
  public void close() {
    member.ifPresent(NetworkMember::close);
    office.swarms().close();
    try {
      office.committer().close();
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "the store did not close well; check the disk", e);
    }
    try {
      await(vertx.close());
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "links did not close", e);
    }
    office.keys().close();
    closeQuietly(folder);
    LOG.log(Level.INFO, "node stopped");
  }

  private static void closeQuietly(NodeFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the folder's lock did not close", e);
    }
  }

  private static <T> void await(io.vertx.core.Future<T> future)
      throws ExecutionException, TimeoutException {
    Future<T> waiting = future.toCompletionStage().toCompletableFuture();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          T _ = waiting.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }
}
