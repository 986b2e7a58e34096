package im.waxwing.node;

import java.util.concurrent.atomic.AtomicInteger;

/// How many packets of one origin wait for other nodes, so that no link fills what all use.
///
/// Safe for many threads.
final class Share {
  private final AtomicInteger waiting = new AtomicInteger();
  private final int most;

  Share(int most) {
    this.most = most;
  }

  boolean take() {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return false;
    }
    return true;
  }

  void giveBack() {
    waiting.decrementAndGet();
  }
}
