package im.waxwing.carrier.relayed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When to try again: after the first delay, doubled with each failure up to a longest, shortened
/// by chance up to half so that a node that comes back is not met by everybody at once.
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  Backoff(Timing timing, RandomGenerator random) {
    this.first = timing.firstRetry();
    this.longest = timing.longestRetry();
    this.random = random;
  }

  Duration next() {
    int doublings = Math.min(failures, 30);
    failures++;
    long most = Math.min(first.toMillis() << doublings, longest.toMillis());
    return Duration.ofMillis(Math.max(1, most - (long) (most / 2.0 * random.nextDouble())));
  }

  void reset() {
    failures = 0;
  }
}
