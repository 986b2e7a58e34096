package im.waxwing.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// What two kinds of work cost, measured by turns, so that both see the same machine: the medians
/// of their rounds, in nanoseconds of processor time for one operation.
///
/// This instead of JMH, which runs one benchmark after the other in processes of their own: on a
/// machine with other work the two sides would meet different minutes, and the ratio with them. JMH
/// also reads wall time only, and generates classes that no module path takes.
record Interleaved(double first, double second) {
  /// How much is done.
  ///
  /// @param warmUps rounds before the first that counts
  /// @param rounds rounds that count
  record Rounds(int warmUps, int rounds) {}

  /// Something to do again and again.
  ///
  /// @param operations how often in one round
  record Side(int operations, Work work) {}

  interface Work {
    void run() throws Exception;
  }

  /// Processor time of the calling thread: what a single thread computes.
  static final LongSupplier THREAD = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

  /// Processor time of the whole process: with what the garbage collector does for it.
  static final LongSupplier PROCESS =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
          ::getProcessCpuTime;

  static Interleaved measure(LongSupplier clock, Rounds rounds, Side first, Side second)
      throws Exception {
    double[] ofFirst = new double[rounds.rounds()];
    double[] ofSecond = new double[rounds.rounds()];
    for (int round = -rounds.warmUps(); round < rounds.rounds(); round++) {
      double one = nanos(clock, first);
      double other = nanos(clock, second);
      if (round >= 0) {
        ofFirst[round] = one;
        ofSecond[round] = other;
      }
    }
    return new Interleaved(median(ofFirst), median(ofSecond));
  }

  private static double nanos(LongSupplier clock, Side side) throws Exception {
    long start = clock.getAsLong();
    for (int i = 0; i < side.operations(); i++) {
      side.work().run();
    }
    return (double) (clock.getAsLong() - start) / side.operations();
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
