package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
  private final Random random = new Random(7);

  private double[] exponential(double mean) {
    return DoubleStream.generate(() -> random.nextExponential() * mean).limit(400).toArray();
  }

  @Test
  void samplesOfOneDistributionAreAlike() {
    assertThat(KolmogorovSmirnov.probability(exponential(25), exponential(25))).isGreaterThan(0.05);
  }

  @Test
  void samplesOfTwoDistributionsAreNot() {
    assertThat(KolmogorovSmirnov.probability(exponential(25), exponential(40))).isLessThan(0.001);
  }

  @Test
  void aSampleIsLikeItself() {
    double[] sample = exponential(25);

    assertThat(KolmogorovSmirnov.probability(sample, sample)).isEqualTo(1);
  }
}
