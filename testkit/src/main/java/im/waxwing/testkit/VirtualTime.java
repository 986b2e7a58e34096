package im.waxwing.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// The time of a world, and what is still to happen in it. Events run in order of time, then of
/// being planned, on the thread that moves time; nothing ever waits.
///
/// One thread at a time.
public final class VirtualTime {
  /// Noon of a day without meaning, so that worlds begin far from a change of day.
  public static final Instant BEGINNING = Instant.parse("2026-03-01T12:00:00Z");

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private final Instant beginning;
  private Instant now;
  private long planned;

  /// A new world's time, at [#BEGINNING].
  public VirtualTime() {
    this(BEGINNING);
  }

  /// The time of a world that goes on from `beginning`.
  public VirtualTime(Instant beginning) {
    this.beginning = beginning;
    this.now = beginning;
  }

  /// How much time has passed.
  public Duration sinceBeginning() {
    return Duration.between(beginning, now);
  }

  private record Event(Instant at, long order, Runnable action) {}

  public Instant now() {
    return now;
  }

  /// Plans `action`; a delay that is negative counts as none.
  public void after(Duration delay, Runnable action) {
    Instant at = delay.isNegative() ? now : now.plus(delay);
    events.add(new Event(at, planned++, action));
  }

  /// Lets `duration` pass.
  public void pass(Duration duration) {
    passUntil(() -> false, duration);
  }

  /// Lets time pass until `condition` holds, which is looked at after every event.
  ///
  /// @return whether it held before `limit` was over
  public boolean passUntil(BooleanSupplier condition, Duration limit) {
    Instant end = now.plus(limit);
    while (!condition.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.at().isAfter(end)) {
        now = end;
        return condition.getAsBoolean();
      }
      events.remove();
      now = next.at();
      next.action().run();
    }
    return true;
  }
}
