package im.waxwing.app;

import im.waxwing.engine.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Wakes the engine by the clock. It looks at the clock at least every half minute, so that alarms
/// are on time after the machine slept or its clock was set.
///
/// Safe for many threads.
final class ClockTimer implements Timer, AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("waxwing-timer").factory());

  ClockTimer(InstantSource clock) {
    this.clock = clock;
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Alarm at(Instant instant, Runnable task) {
    return new Waiting(instant, task).begun();
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }

  private final class Waiting implements Alarm {
    private final Instant due;
    private final Runnable task;
    private boolean cancelled;
    private Future<?> next = CompletableFuture.completedFuture(null);

    Waiting(Instant due, Runnable task) {
      this.due = due;
      this.task = task;
    }

    synchronized Waiting begun() {
      if (!cancelled && !scheduler.isShutdown()) {
        Duration left = Duration.between(clock.instant(), due);
        long millis = Math.clamp(left.toMillis() + 1, 0, LOOK_AGAIN.toMillis());
        next = scheduler.schedule(this::look, millis, TimeUnit.MILLISECONDS);
      }
      return this;
    }

    private void look() {
      if (clock.instant().isBefore(due)) {
        begun();
      } else if (!isCancelled()) {
        task.run();
      }
    }

    private synchronized boolean isCancelled() {
      return cancelled;
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      next.cancel(false);
    }
  }
}
