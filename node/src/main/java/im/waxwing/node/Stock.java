package im.waxwing.node;

import im.waxwing.packet.ReplyBlock;
import im.waxwing.protocol.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The reply blocks by which one subscription is pushed to (node.md §10): one for each envelope,
/// the oldest first. Blocks die with the packet keys they were made for.
///
/// One thread at a time: the [Committer]'s.
final class Stock implements Subscriptions.Listener {
  // node.md §10
  static final int MOST = 64;
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private record Dated(ReplyBlock block, long epoch) {}

  private final EpochKeys keys;
  private final AtomicInteger inAll;
  private final ArrayDeque<Dated> blocks = new ArrayDeque<>();
  private ReplyDesk desk;
  private Instant lastFilled;

  /// @param inAll counts the blocks of all stocks
  Stock(EpochKeys keys, AtomicInteger inAll, ReplyDesk desk, Instant now) {
    this.keys = keys;
    this.inAll = inAll;
    this.desk = desk;
    this.lastFilled = now;
  }

  void add(List<ReplyBlock> fresh, ReplyDesk by, Instant now) {
    long epoch = keys.now().epoch();
    desk = by;
    lastFilled = now;
    fresh.forEach(block -> blocks.add(new Dated(block, epoch)));
    inAll.addAndGet(fresh.size());
    while (blocks.size() > MOST) {
      drop();
    }
  }

  @Override
  public boolean push(Frame.Notice notice) {
    forgetOld();
    if (blocks.isEmpty()) {
      return false;
    }
    ReplyBlock block = blocks.getFirst().block();
    drop();
    desk.send(block, notice);
    return true;
  }

  /// Whether it has been empty for so long that nobody will fill it. Asked every few seconds.
  boolean isAbandoned(Instant now) {
    forgetOld();
    if (!blocks.isEmpty()) {
      lastFilled = now;
    }
    return Duration.between(lastFilled, now).compareTo(PATIENCE) >= 0;
  }

  private void forgetOld() {
    long epoch = keys.now().epoch();
    while (!blocks.isEmpty() && blocks.getFirst().epoch() + 1 < epoch) {
      drop();
    }
  }

  private void drop() {
    blocks.removeFirst();
    inAll.decrementAndGet();
  }

  void clear() {
    inAll.addAndGet(-blocks.size());
    blocks.clear();
  }
}
