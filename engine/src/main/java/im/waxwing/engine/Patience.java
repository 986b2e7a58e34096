package im.waxwing.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How a call waits for a node's answer (`preview`, `accept`). An app blocks the calling thread; a
/// simulation, where caller, executor and carrier are one thread, lets its time pass meanwhile.
@FunctionalInterface
public interface Patience {
  /// Waits until `answered` holds; never within a transaction.
  ///
  /// @return whether it held before `limit` was over
  boolean await(BooleanSupplier answered, Duration limit);
}
