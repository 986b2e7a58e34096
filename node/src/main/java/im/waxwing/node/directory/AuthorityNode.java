package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.NodeException;
import im.waxwing.node.TlsLinks;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.ProofOfEquivocation;
import im.waxwing.protocol.consensus.SignedConsensus;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running directory authority: listens, talks to the others, and steps through the epochs by its
/// clock until it is closed.
///
/// Safe for many threads.
public final class AuthorityNode implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AuthorityNode.class.getName());
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final int STEPS_PER_EPOCH = 160;
  private static final Duration SHORTEST_STEP = Duration.ofMillis(50);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  private final AuthorityFolder folder;
  private final AuthoritySet set;
  private final Clock clock;
  private final Clerk clerk;
  private final Vertx vertx;
  private final Colleagues colleagues;
  private final ScheduledExecutorService clerksThread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("waxwing-directory").unstarted(task));

  private AuthorityNode(
      AuthorityConfig config, AuthorityFolder folder, AuthoritySet set, int self, Clock clock) {
    this.folder = folder;
    this.set = set;
    this.clock = clock;
    this.clerk = new Clerk(folder, set, self, config.parameters(), clock);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true));
    Authority own = set.authorities().get(self);
    List<NodeAddress> others =
        set.authorities().stream().filter(one -> !one.equals(own)).map(Authority::address).toList();
    this.colleagues = new Colleagues(vertx, others, AuthorityConfig.isHere(own.address()));
  }

  /// Starts the authority whose key is in the folder, at the port of its line in the network file.
  public static AuthorityNode start(AuthorityConfig config, Clock clock) throws NodeException {
    AuthorityFolder folder = AuthorityFolder.open(config.data());
    try {
      AuthoritySet set = folder.network();
      OptionalInt self = set.indexOf(folder.key().nodeKey());
      if (self.isEmpty()) {
        throw new NodeException.BadSetting(
            "the network file has no line of this authority",
            "give all operators the lines of all: waxwing directory run --with FILE");
      }
      AuthorityNode node = new AuthorityNode(config, folder, set, self.getAsInt(), clock);
      node.run(config, set.authorities().get(self.getAsInt()).address().port());
      return node;
    } catch (NodeException | RuntimeException e) {
      closeQuietly(folder);
      throw e;
    }
  }

  private void run(AuthorityConfig config, int port) throws NodeException {
    AuthorityServer server =
        new AuthorityServer(
            TlsLinks.server(folder.tls(), config.bindAddress(), port),
            this::nodeInfo,
            clerk,
            this::onClerksThread);
    try {
      String _ =
          vertx
              .deployVerticle(server)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new NodeException.PortTaken(port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw NodeException.BadStore.of("the authority was stopped", "start it again", e);
    }
    long step =
        Math.clamp(
            set.epochLength().toMillis() / STEPS_PER_EPOCH,
            SHORTEST_STEP.toMillis(),
            LONGEST_STEP.toMillis());
    var _ = clerksThread.scheduleWithFixedDelay(this::step, 0, step, TimeUnit.MILLISECONDS);
    LOG.log(Level.INFO, "directory authority started");
  }

  private void step() {
    try {
      clerk.tick();
      colleagues.ask(
          clerk.questions(),
          (question, document) -> onClerksThread(() -> clerk.heard(question, document)));
      colleagues.probe(clerk.toProbe(), node -> onClerksThread(() -> clerk.answered(node)));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the authority could not go on; check the disk of its folder", e);
    }
  }

  private void onClerksThread(Runnable task) {
    try {
      clerksThread.execute(task);
    } catch (RejectedExecutionException _) {
      // Closing: whoever asked sees the link end.
    }
  }

  /// An authority takes no packets: its packet keys are zeros.
  private NodeInfo nodeInfo() {
    ByteString zeros = ByteString.copyOf(new byte[NodeInfo.PACKET_KEY_SIZE]);
    return NodeInfo.sign(
        folder.key().seed(),
        folder.tls().linkKeyHash(),
        clock.instant(),
        set.epochAt(clock.instant()),
        Collections.nCopies(NodeInfo.EPOCHS, zeros),
        zeros);
  }

  /// The newest consensus that is signed by enough authorities.
  public Optional<SignedConsensus> newest() {
    return clerk.chain().newest();
  }

  /// What proves other authorities two-faced.
  public List<ProofOfEquivocation> proofs() {
    return asked(clerk::proofs);
  }

  /// The epoch of the ballot, and how many votes and reveals of it and answering nodes are here;
  /// for tests of each step.
  List<Long> progress() {
    return asked(
        () ->
            List.of(
                clerk.ballot().epoch(),
                (long) clerk.ballot().votes().size(),
                (long) clerk.ballot().reveals().size(),
                (long) clerk.answering()));
  }

  private <T> T asked(Callable<T> question) {
    try {
      return clerksThread.submit(question).get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the authority does not go on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    clerksThread.shutdown();
    try {
      boolean _ = clerksThread.awaitTermination(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      colleagues.close();
      Void _ =
          vertx
              .close()
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "links did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(folder);
    LOG.log(Level.INFO, "directory authority stopped");
  }

  private static void closeQuietly(AuthorityFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the folder's lock did not close", e);
    }
  }
}
