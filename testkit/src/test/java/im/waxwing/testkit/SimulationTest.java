package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.testkit.Simulation.Failure;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Worlds of three people and random faults. `-Dseeds=100000` runs more of them, `-Dseed=42` runs
/// that one.
class SimulationTest {
  @Test
  void everyMessageIsReadExactlyOnceInCausalOrder() {
    Optional<Failure> failure = firstFailure(World.Variant.RIGHT, seeds());

    assertThat(failure.map(SimulationTest::story)).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameWorld() {
    try (Simulation simulation = Simulation.open(World.Variant.RIGHT)) {
      assertThat(simulation.trace(42)).isEqualTo(simulation.trace(42)).isNotEmpty();
    }
  }

  private static LongStream seeds() {
    Optional<Long> one = Optional.ofNullable(Long.getLong("seed"));
    return one.map(LongStream::of).orElse(LongStream.range(0, Long.getLong("seeds", 2_000)));
  }

  private static Optional<Failure> firstFailure(World.Variant variant, LongStream seeds) {
    Queue<Failure> found = new ConcurrentLinkedQueue<>();
    try (Simulation simulation = Simulation.open(variant)) {
      seeds
          .parallel()
          .filter(_ -> found.isEmpty())
          .forEach(seed -> simulation.run(seed).ifPresent(found::add));
    }
    return found.stream().findFirst();
  }

  private static String story(Failure failure) {
    return "seed "
        + failure.seed()
        + ": "
        + failure.cause().getMessage()
        + " (run it again with -Dseed="
        + failure.seed()
        + ")\n"
        + String.join("\n", failure.trace());
  }
}
