package im.waxwing.carrier.relayed;

import java.util.Arrays;

/// The two-sample test of Kolmogorov and Smirnov, in its form for large samples.
final class KolmogorovSmirnov {
  private static final int TERMS = 100;

  private KolmogorovSmirnov() {}

  /// How likely two samples of one distribution differ at least as much as these.
  static double probability(double[] one, double[] two) {
    double size = Math.sqrt((double) one.length * two.length / (one.length + two.length));
    double lambda = (size + 0.12 + 0.11 / size) * distance(one, two);
    if (lambda < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= TERMS; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
    }
    return sum;
  }

  /// The largest distance between the two empirical distributions.
  private static double distance(double[] one, double[] two) {
    double[] first = one.clone();
    double[] second = two.clone();
    Arrays.sort(first);
    Arrays.sort(second);
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < first.length && j < second.length) {
      double at = Math.min(first[i], second[j]);
      while (i < first.length && first[i] <= at) {
        i++;
      }
      while (j < second.length && second[j] <= at) {
        j++;
      }
      double apart = Math.abs((double) i / first.length - (double) j / second.length);
      largest = Math.max(largest, apart);
    }
    return largest;
  }
}
