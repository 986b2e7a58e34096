package im.waxwing.carrier.relayed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The beat of an app in a network of mixed mode: ticks of a Poisson process, which depend on
/// nothing that the app does (swarm.md §11).
///
/// Belongs to the carrier's event loop.
final class Pulse {
  private static final long NONE = -1;

  private final Surroundings surroundings;
  private final RandomGenerator random;
  private final Runnable tick;
  private Duration mean = Duration.ZERO;
  private long timer = NONE;

  /// By [System#nanoTime]; those that come late do not move the next.
  private long due;

  Pulse(Surroundings surroundings, RandomGenerator random, Runnable tick) {
    this.surroundings = surroundings;
    this.random = random;
    this.tick = tick;
  }

  /// Begins, or goes on at another pace.
  void beat(Duration other) {
    if (timer != NONE && mean.equals(other)) {
      return;
    }
    stop();
    mean = other;
    due = System.nanoTime();
    next();
  }

  private void next() {
    due += (long) (random.nextExponential() * mean.toNanos());
    Duration left = Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    timer =
        surroundings.after(
            left,
            () -> {
              next();
              tick.run();
            });
  }

  void stop() {
    surroundings.cancel(timer);
    timer = NONE;
  }
}
