package im.waxwing.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other, in the order given, on an executor; a task given from within a
/// task runs after it.
///
/// Safe for many threads.
final class Serial {
  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private @Nullable Thread running;
  private boolean scheduled;
  private boolean closed;

  Serial(Executor executor) {
    this.executor = executor;
  }

  /// A call with a result, which may end in a checked exception.
  interface Call<T, X extends Exception> {
    T run() throws X;
  }

  /// Does nothing once closed.
  void execute(Runnable task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    executor.execute(this::drain);
  }

  /// Runs `call` in its turn and waits for it; at once when called from within a task.
  @SuppressWarnings("unchecked")
  <T, X extends Exception> T call(Call<T, X> call) throws X {
    if (isRunningHere()) {
      return call.run();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    execute(
        () -> {
          try {
            result.complete(call.run());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    if (!result.isDone() && isClosed()) {
      throw new IllegalStateException("the engine is closed");
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw (X) e.getCause();
    }
  }

  /// Waits for the task that runs; none runs afterwards.
  void close(Runnable last) {
    call(
        () -> {
          last.run();
          synchronized (this) {
            closed = true;
            waiting.clear();
          }
          return closed;
        });
  }

  private synchronized boolean isRunningHere() {
    return Thread.currentThread().equals(running);
  }

  private synchronized boolean isClosed() {
    return closed && waiting.isEmpty() && !scheduled;
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException bug) {
        // The tasks behind it have nothing to do with it; the executor's owner hears of it.
        executor.execute(this::drain);
        throw bug;
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task == null ? null : Thread.currentThread();
    scheduled = task != null;
    return task;
  }
}
