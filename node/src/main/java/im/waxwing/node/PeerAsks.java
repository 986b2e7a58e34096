package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.swarm.PeerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Questions to other nodes that wait for their answers (swarm.md §4). Who does not answer in time
/// is not waited for. Safe for many threads.
final class PeerAsks implements SwarmPeers, AutoCloseable {
  /// Questions to one node that may wait for their answers.
  static final int MOST_OF_A_NODE = 1_024;

  /// What carries frames to other nodes.
  interface Post {
    /// False: the node cannot be reached just now.
    boolean send(NodeKey node, Frame frame);
  }

  private record Asked(NodeKey member, long number) {}

  private final Post post;
  private final Duration patience;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Asked, Hearing> waiting = new ConcurrentHashMap<>();
  private final Map<NodeKey, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("waxwing-swarm-timer").unstarted(work));

  PeerAsks(Post post, Duration patience) {
    this.post = post;
    this.patience = patience;
  }

  @Override
  public void ask(NodeKey member, PeerRequest request, Hearing hearing) {
    AtomicInteger count = counts.computeIfAbsent(member, _ -> new AtomicInteger());
    if (count.incrementAndGet() > MOST_OF_A_NODE) {
      count.decrementAndGet();
      hearing.unanswered();
      return;
    }
    Asked asked = new Asked(member, numbers.incrementAndGet());
    waiting.put(asked, hearing);
    if (post.send(member, new Frame.PeerRequest(asked.number(), request.encode()))) {
      giveUpLater(asked);
    } else {
      giveUp(asked);
    }
  }

  private void giveUpLater(Asked asked) {
    try {
      var _ = timer.schedule(() -> giveUp(asked), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      giveUp(asked);
    }
  }

  private void giveUp(Asked asked) {
    Hearing hearing = remove(asked);
    if (hearing != null) {
      hearing.unanswered();
    }
  }

  /// An answer came from a node. False: nothing was asked of it under this number.
  boolean heard(NodeKey member, Frame.PeerAnswer answer) {
    Hearing hearing = remove(new Asked(member, answer.number()));
    if (hearing == null) {
      return false;
    }
    AnswerCode code = answer.code();
    ByteString body = answer.body();
    hearing.answered(code, body);
    return true;
  }

  private @Nullable Hearing remove(Asked asked) {
    Hearing hearing = waiting.remove(asked);
    AtomicInteger count = counts.get(asked.member());
    if (hearing != null && count != null) {
      count.decrementAndGet();
    }
    return hearing;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    waiting.keySet().forEach(this::giveUp);
  }
}
