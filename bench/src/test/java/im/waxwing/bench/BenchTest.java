package im.waxwing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.waxwing.packet.Geometry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every benchmark at a size that says nothing about speed: the machinery works, the table is as
/// docs/bench.md has it.
class BenchTest {
  private static final Interleaved.Rounds TINY = new Interleaved.Rounds(0, 1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyBenchmarkRunsAndGivesALine() throws Exception {
    int exit =
        run(
            List.of(
                new PacketUnwrap(Geometry.STANDARD, TINY, 100),
                new PacketUnwrap(Geometry.HYBRID, TINY, 100),
                new PacketForward(2, 20, 40, new PacketUnwrap(Geometry.STANDARD, TINY, 100)),
                new CryptoLetter(TINY, 100),
                new StoreSearch("store.search", 200, false),
                new StoreSearch("store.search.million", 200, true),
                new NodeDeposit(2, 20, 40),
                new NodeIdle(3),
                new NodeMemory(3, 5),
                new LetterLatency(LetterLatency.Way.RELAY, 1, 3),
                new LetterLatency(LetterLatency.Way.FEDERATED, 1, 3),
                new LetterLatency(LetterLatency.Way.ONION, 1, 3),
                new OnionFetch(3),
                new TorLatency(1, 3),
                new AppStart(1)),
            "--json");

    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("error:");
    assertThat(exit).isZero();
    JsonNode results = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(results.path("results").findValuesAsText("name"))
        .containsExactlyElementsOf(namesOfThisMachine());
    for (JsonNode result : results.path("results")) {
      assertThat(result.fieldNames())
          .toIterable()
          .containsExactly("name", "value", "unit", "limit", "ratio", "note");
    }
  }

  /// Where there is no Tor, the line that needs it is missing.
  private static List<String> namesOfThisMachine() {
    boolean tor = TorPrograms.find().isPresent();
    return Benchmarks.all().stream()
        .filter(benchmark -> !benchmark.onlyByName())
        .map(Benchmark::name)
        .filter(name -> tor || !name.equals("tor.latency"))
        .toList();
  }

  @Test
  void aBenchmarkThatIsSkippedSaysWhyAndFailsNothing() {
    int exit = run(List.of(new Lacking(), new Fixed()));

    assertThat(exit).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("skipped: lacking: no such program");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("fixed").doesNotContain("lacking");
  }

  @Test
  void aBenchmarkThatFailsSaysWhyAndEndsWithOneWhileTheOthersRun() {
    int exit = run(List.of(new Failing(), new Fixed()));

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("error: failing could not be measured: no such luck");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("fixed").contains("0.50");
  }

  @Test
  void onlyWhatIsNamedRuns() {
    int exit = run(List.of(new Failing(), new Fixed()), "fixed");

    assertThat(exit).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("failing");
  }

  @Test
  void anUnknownNameIsAWrongCall() {
    assertThat(run(List.of(new Fixed()), "speed")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("hint: ");
  }

  private int run(List<Benchmark> benchmarks, String... arguments) {
    return new BenchMain(benchmarks, stream(out), stream(err)).run(List.of(arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  /// Half of its limit.
  private record Fixed() implements Benchmark {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public Result run() {
      return new Result(name(), 1, "pieces", 2, "lower is better");
    }
  }

  /// Needs what is not here.
  private record Lacking() implements Benchmark {
    @Override
    public String name() {
      return "lacking";
    }

    @Override
    public Result run() throws Skipped {
      throw new Skipped("no such program");
    }
  }

  /// Cannot be measured.
  private record Failing() implements Benchmark {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public Result run() {
      throw new IllegalStateException("no such luck");
    }
  }
}
