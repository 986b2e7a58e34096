package im.waxwing.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// `./waxwing bench [--json] [NAME…]`: exit code 0 when all that was asked for ran or was skipped,
/// 1 when one could not be measured, 2 for a wrong call.
public final class BenchMain {
  private static final int RAN = 0;
  private static final int FAILED = 1;
  private static final int BAD_CALL = 2;

  private final List<Benchmark> benchmarks;
  private final PrintStream out;
  private final PrintStream err;

  BenchMain(List<Benchmark> benchmarks, PrintStream out, PrintStream err) {
    this.benchmarks = benchmarks;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(new BenchMain(Benchmarks.all(), System.out, System.err).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.printf(
          """
          Usage: waxwing bench [--json] [NAME...]

          Measures this machine and prints the performance table; names choose some of its lines:
            %s
          docs/bench.md says what each means. Leave the machine alone meanwhile.
          """,
          String.join(" ", names()));
      return RAN;
    }
    boolean json = arguments.contains("--json");
    List<String> asked = arguments.stream().filter(word -> !word.equals("--json")).toList();
    if (!names().containsAll(asked)) {
      err.println("error: there is no such benchmark, or no such option");
      err.println("hint: --json, and the names " + String.join(" ", names()));
      return BAD_CALL;
    }
    return run(asked.isEmpty() ? usual() : asked, json);
  }

  private int run(List<String> names, boolean json) {
    List<Result> results = new ArrayList<>();
    Map<String, String> failures = new TreeMap<>();
    for (Benchmark benchmark : benchmarks) {
      if (names.contains(benchmark.name())) {
        run(benchmark, results, failures);
      }
    }
    Table table = new Table(results);
    out.println(json ? table.json() : table.text());
    failures.forEach(
        (name, why) -> err.println("error: " + name + " could not be measured: " + why));
    return failures.isEmpty() ? RAN : FAILED;
  }

  private void run(Benchmark benchmark, List<Result> results, Map<String, String> failures) {
    long start = System.nanoTime();
    try {
      results.add(benchmark.run());
    } catch (Skipped e) {
      err.println("skipped: " + benchmark.name() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.put(benchmark.name(), "interrupted");
    } catch (Exception e) {
      failures.put(benchmark.name(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    err.printf(
        Locale.ROOT, "%s: %d s%n", benchmark.name(), (System.nanoTime() - start) / 1_000_000_000);
  }

  private List<String> usual() {
    return benchmarks.stream()
        .filter(benchmark -> !benchmark.onlyByName())
        .map(Benchmark::name)
        .toList();
  }

  private List<String> names() {
    return benchmarks.stream().map(Benchmark::name).toList();
  }
}
