package im.waxwing.engine;

import im.waxwing.api.Event;
import im.waxwing.crypto.CryptoException;
import im.waxwing.store.Store;
import im.waxwing.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/// Does everything that is written down: one step, one transaction; afterwards what was to be done
/// then, and word to those who look on.
final class Ledger {
  private static final Duration DISK_PAUSE = Duration.ofSeconds(5);

  private final Store store;
  private final Clockwork clockwork;
  private final Listeners listeners;
  private boolean diskFull;
  private long postponed;
  private BiFunction<Step, Boolean, List<Event>> views = (_, _) -> List.of();

  /// What a step does.
  interface Work<T, X extends Exception> {
    T run(Step step) throws X;
  }

  /// What a step does that gives nothing back.
  interface Task {
    void run(Step step);
  }

  Ledger(Store store, Clockwork clockwork, Listeners listeners) {
    this.store = store;
    this.clockwork = clockwork;
    this.listeners = listeners;
  }

  /// @param newViews makes the events of a step; told whether the disk's state changed as well
  void showWith(BiFunction<Step, Boolean, List<Event>> newViews) {
    views = newViews;
  }

  boolean isDiskFull() {
    return diskFull;
  }

  /// Reads; nothing may be changed in it.
  <T, X extends Exception> T read(Work<T, X> work) throws X {
    return store.inTransaction(transaction -> work.run(new Step(transaction)));
  }

  /// Writes, for a caller who wants to know when that fails.
  ///
  /// @throws StoreException if it did; then nothing has changed
  <T, X extends Exception> T write(Work<T, X> work) throws X {
    Committed<T> committed;
    try {
      committed =
          store.inTransaction(
              transaction -> {
                Step step = new Step(transaction);
                T result = work.run(step);
                boolean roomAgain = diskFull;
                diskFull = false;
                return new Committed<>(result, step, views.apply(step, roomAgain));
              });
    } catch (StoreException e) {
      noteFull(e);
      throw e;
    }
    committed.step().afterwards().forEach(Runnable::run);
    listeners.tell(committed.events());
    return committed.result();
  }

  private record Committed<T>(T result, Step step, List<Event> events) {}

  /// Writes by itself: when the disk is full, again later until it succeeds. `task` therefore has
  /// to look at how things are then.
  void writeSurely(Task task) {
    try {
      write(
          step -> {
            task.run(step);
            return true;
          });
    } catch (StoreException e) {
      later(e, () -> writeSurely(task));
    }
  }

  /// Writes by itself, as [#writeSurely]; if a letter turns out to be broken, all is rolled back
  /// and `otherwise` is written instead.
  void writeUnless(Work<?, CryptoException> work, BiConsumer<Step, CryptoException> otherwise) {
    try {
      write(work::run);
    } catch (CryptoException broken) {
      writeSurely(step -> otherwise.accept(step, broken));
    } catch (StoreException e) {
      later(e, () -> writeUnless(work, otherwise));
    }
  }

  private void later(StoreException e, Runnable task) {
    if (e.reason() != StoreException.Reason.DISK_FULL) {
      throw e;
    }
    clockwork.wake("disk " + postponed++, clockwork.now().plus(DISK_PAUSE), task);
  }

  private void noteFull(StoreException e) {
    if (e.reason() == StoreException.Reason.DISK_FULL && !diskFull) {
      diskFull = true;
      listeners.tell(read(step -> views.apply(step, true)));
    }
  }
}
