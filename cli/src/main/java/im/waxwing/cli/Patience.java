package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits until something has come true in the app, looking again whenever the app tells a change.
public final class Patience {
  private static final long LOOK_AGAIN_MILLIS = 1_000;

  private Patience() {}

  /// Something that comes true by itself, or not.
  public interface Condition<T> {
    Optional<T> look() throws ProblemException;
  }

  /// What `condition` found, or nothing when the time is over.
  public static <T> Optional<T> await(AppClient app, Duration limit, Condition<T> condition)
      throws ProblemException, InterruptedException {
    Semaphore changes = new Semaphore(0);
    long deadline = System.nanoTime() + limit.toNanos();
    try (EventStream _ = app.listen(_ -> changes.release())) {
      while (true) {
        changes.drainPermits();
        Optional<T> found = condition.look();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (found.isPresent() || left <= 0) {
          return found;
        }
        changes.tryAcquire(Math.min(left, LOOK_AGAIN_MILLIS), TimeUnit.MILLISECONDS);
      }
    }
  }
}
