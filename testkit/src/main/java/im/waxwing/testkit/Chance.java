package im.waxwing.testkit;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// All that is left to chance in a world, drawn from one seed: the same seed and the same calls
/// give the same answers.
///
/// One thread at a time.
public final class Chance {
  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  public static Chance ofSeed(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  /// A chance of its own, so that one part of a world may draw more without changing another.
  public Chance split() {
    return new Chance(random.split());
  }

  /// True with the given probability, 0 to 1.
  public boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /// A whole number from `least` to `most`, both included.
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /// A length of time from `least` to `most`, in milliseconds' steps.
  public Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  /// A source of random bytes and numbers that follow from the seed.
  public RandomGenerator generator() {
    return random.split();
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
