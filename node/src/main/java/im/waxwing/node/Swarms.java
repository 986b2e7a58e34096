package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A node's door to the swarms of a network: shut until it joins one. Safe for many threads.
final class Swarms implements AutoCloseable {
  // swarm.md §4, §6
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final Duration ANTI_ENTROPY = Duration.ofMinutes(10);
  static final Duration GRACE = Duration.ofHours(1);

  private static final Logger LOG = System.getLogger(Swarms.class.getName());

  /// What a member works with.
  private record Joined(Swarm swarm, PeerAsks asks, AntiEntropy antiEntropy) {}

  private final ExecutorService comparer =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("waxwing-anti-entropy").unstarted(work));
  private final AtomicBoolean comparing = new AtomicBoolean();
  private volatile @Nullable Joined joined;
  private volatile Instant nextRound = Instant.MIN;
  private volatile long sweptDay = -1;

  /// Becomes a member of what the placement says; once.
  void join(
      Office office,
      SecretBytes nodeSeed,
      SwarmPlacement placement,
      PeerAsks.Post post,
      Path folder)
      throws SQLException {
    PeerAsks asks = new PeerAsks(post, PATIENCE);
    Swarm swarm = new Swarm(office, nodeSeed, placement, asks, SwarmReader.open(folder));
    joined = new Joined(swarm, asks, new AntiEntropy(swarm, office.node(), GRACE));
  }

  /// Takes a request if it is one to a swarm, and sees to its answer. False: it is none.
  boolean takes(Request request, Coordination.Answering answering) {
    Joined now = joined;
    return now != null && now.swarm().takes(request, answering);
  }

  /// Whom requests about a mailbox are signed for; empty: it is a swarm's, and this node has not
  /// joined yet.
  Optional<ByteString> audience(Mailbox mailbox, NodeKey self) {
    if (!mailbox.ofSwarm()) {
      return Optional.of(self.bytes());
    }
    Joined now = joined;
    return now == null ? Optional.empty() : Optional.of(now.swarm().network());
  }

  /// Another node asks. False: this one is no member of anything.
  boolean asked(NodeKey from, Frame.PeerRequest frame, Coordination.Answering answering) {
    Joined now = joined;
    if (now != null) {
      now.swarm().asked(from, frame.request(), answering);
    }
    return now != null;
  }

  /// Another node answers. False: nothing was asked.
  boolean heard(NodeKey from, Frame.PeerAnswer frame) {
    Joined now = joined;
    return now != null && now.asks().heard(from, frame);
  }

  /// The consensus has changed who keeps what.
  void placementChanged() {
    nextRound = Instant.MIN;
  }

  /// Called every few seconds.
  void tick(Instant now) {
    Joined seat = joined;
    if (seat == null) {
      return;
    }
    seat.swarm().handOff();
    Day today = Day.of(now);
    if (today.number() != sweptDay) {
      sweptDay = today.number();
      seat.swarm().member().sweep(today);
    }
    if (!now.isBefore(nextRound) && comparing.compareAndSet(false, true)) {
      nextRound = now.plus(ANTI_ENTROPY);
      comparer.execute(() -> round(seat.antiEntropy(), now));
    }
  }

  private void round(AntiEntropy antiEntropy, Instant now) {
    try {
      antiEntropy.round(now);
    } catch (SQLException e) {
      if (!comparer.isShutdown()) {
        LOG.log(Level.ERROR, "the store cannot be read; check the disk of the data folder", e);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      comparing.set(false);
    }
  }

  @Override
  public void close() {
    comparer.shutdownNow();
    Joined now = joined;
    if (now != null) {
      now.asks().close();
      now.swarm().close();
    }
  }
}
