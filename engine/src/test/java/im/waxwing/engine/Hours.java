package im.waxwing.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// The time of a test, moved by hand, and what is still to happen in it.
final class Hours {
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparingLong(Planned::order));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long order;

  private record Planned(Instant at, long order, Runnable action) {}

  Instant now() {
    return now;
  }

  void at(Instant at, Runnable action) {
    planned.add(new Planned(at.isBefore(now) ? now : at, order++, action));
  }

  void pass(Duration duration) {
    passUntil(() -> false, duration);
  }

  /// Lets time pass until `condition` holds, at most for `limit`.
  boolean passUntil(BooleanSupplier condition, Duration limit) {
    Instant end = now.plus(limit);
    while (!condition.getAsBoolean()) {
      Planned next = planned.peek();
      if (next == null || next.at().isAfter(end)) {
        now = end;
        return condition.getAsBoolean();
      }
      planned.remove();
      now = next.at();
      next.action().run();
    }
    return true;
  }
}
