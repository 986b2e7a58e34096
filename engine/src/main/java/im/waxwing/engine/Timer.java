package im.waxwing.engine;

import java.time.Instant;

/// Wakes the engine. The app's one watches the clock; a simulation's one moves it.
///
/// Safe for many threads.
public interface Timer {
  /// Runs `task` once, at `instant` or as soon afterwards as may be, on a thread of the timer's
  /// choosing; never inside this call.
  Alarm at(Instant instant, Runnable task);

  /// A task that waits for its time.
  interface Alarm {
    /// The task does not run any more, unless it has begun.
    void cancel();
  }
}
