package im.waxwing.bench;

import im.waxwing.scenarios.ChildProcess;
import im.waxwing.scenarios.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a JVM occupies after a full collection.
///
/// @param heap bytes of live objects
/// @param outside resident bytes, which grow by what lies outside the heap if the heap was resident
///   before
record Memory(long heap, long outside) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Twice, as finalisers and cleaners let go of memory only after the first collection.
  static Memory of(long pid) throws ScenarioException, IOException, InterruptedException {
    long _ = liveBytes(pid);
    return new Memory(liveBytes(pid), resident(pid));
  }

  /// The last line of a class histogram, which begins with a full collection: `Total n bytes`.
  private static long liveBytes(long pid) throws ScenarioException, InterruptedException {
    List<String> command = List.of(OwnJvm.tool("jcmd"), Long.toString(pid), "GC.class_histogram");
    try (ChildProcess jcmd = ChildProcess.start(command, Map.of())) {
      String total = jcmd.awaitLine("the histogram", line -> line.startsWith("Total"), LIMIT);
      int _ = jcmd.awaitExit(LIMIT);
      return numbers(total).get(1);
    }
  }

  static long resident(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return numbers(line).getFirst() * 1_024;
    }
  }

  private static List<Long> numbers(String line) {
    return NUMBER.matcher(line).results().map(found -> Long.valueOf(found.group())).toList();
  }
}
