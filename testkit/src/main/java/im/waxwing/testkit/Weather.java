package im.waxwing.testkit;

import java.time.Duration;
import java.util.List;

/// How the network behaves for a while.
///
/// @param loss probability that a record is lost
/// @param duplication probability that a record comes twice
/// @param breakage probability that a record breaks its wire
/// @param slowest longest time a record takes; each draws its own, so that they overtake each other
public record Weather(double loss, double duplication, double breakage, Duration slowest) {
  /// Nothing is lost, everything is fast.
  public static final Weather CALM = new Weather(0, 0, 0, Duration.ofMillis(20));

  /// Some bad weather.
  public static Weather rough(Chance chance) {
    return new Weather(
        chance.between(0, 25) / 100.0,
        chance.between(0, 20) / 100.0,
        chance.between(0, 5) / 100.0,
        Duration.ofMillis(chance.pick(List.of(20, 300, 3_000, 15_000))));
  }
}
