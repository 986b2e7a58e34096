package im.waxwing.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How a call waits for a node's answer (`preview`, `accept`). An app blocks the calling thread; a
/// simulation, where caller, executor and carrier are one thread, lets its time pass meanwhile.
@FunctionalInterface
public interface Patience {
  /// Blocks the calling thread.
  Patience BLOCKING = Patience::block;

  /// Waits until `answer` is done, in whichever way; never within a transaction.
  ///
  /// @return whether it was before `limit` was over
  boolean await(CompletableFuture<?> answer, Duration limit);

  private static boolean block(CompletableFuture<?> answer, Duration limit) {
    try {
      answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
