package im.waxwing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a stretch of time held.
///
/// @param seconds by the clock
/// @param nodeSeconds processor time of the node
/// @param ownSeconds processor time of this process
/// @param othersCores how many cores other programs kept busy on average; 0 where the system does
///   not tell
record Load(double seconds, double nodeSeconds, double ownSeconds, double othersCores) {
  /// A moment.
  record Mark(long nanos, double nodeSeconds, double ownSeconds, double busySeconds) {
    /// @param node the node's process
    static Mark of(long node) {
      return new Mark(System.nanoTime(), processorSeconds(node), own(), busy());
    }

    private static double own() {
      return Interleaved.PROCESS.getAsLong() / 1e9;
    }

    /// Linux counts hundredths of a second: user nice system idle iowait irq softirq steal …
    private static double busy() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
        List<Long> fields =
            Stream.of(lines.findFirst().orElseThrow().split(" +"))
                .skip(1)
                .map(Long::valueOf)
                .toList();
        long all = fields.stream().limit(8).mapToLong(each -> each).sum();
        return (all - fields.get(3) - fields.get(4)) / 100.0;
      } catch (IOException e) {
        return 0;
      }
    }
  }

  /// What a process has computed since it began.
  static double processorSeconds(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  static Load between(Mark start, Mark end) {
    double seconds = (end.nanos() - start.nanos()) / 1e9;
    double node = end.nodeSeconds() - start.nodeSeconds();
    double own = end.ownSeconds() - start.ownSeconds();
    double all = end.busySeconds() - start.busySeconds();
    return new Load(seconds, node, own, Math.max(0, all - node - own) / seconds);
  }
}
