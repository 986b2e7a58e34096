package im.waxwing.model;

import java.time.Instant;

/// A day of UTC, counted from 1970-01-01: the life of one mailbox address.
public record Day(long number) implements Comparable<Day> {
  private static final long SECONDS = 86_400;
  private static final long MAX = 0xFFFF_FFFFL;

  public Day {
    if (number < 0 || number > MAX) {
      throw new IllegalArgumentException("a day number fits 32 bits");
    }
  }

  public static Day of(Instant instant) {
    return new Day(Math.floorDiv(instant.getEpochSecond(), SECONDS));
  }

  public Day plus(long days) {
    return new Day(number + days);
  }

  /// Days from `earlier` to this one; negative when `earlier` is later.
  public long since(Day earlier) {
    return number - earlier.number;
  }

  public Instant start() {
    return Instant.ofEpochSecond(number * SECONDS);
  }

  @Override
  public int compareTo(Day other) {
    return Long.compare(number, other.number);
  }
}
