package im.waxwing.cli;

import java.time.Duration;
import java.util.Locale;

/// How long a message lives, as people type and read it.
final class Life {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final int MOST_DIGITS = 7;

  private Life() {}

  static Duration parse(String text) throws CliException {
    String time = text.strip().toLowerCase(Locale.ROOT);
    if (time.equals("off")) {
      return Duration.ZERO;
    }
    int digits = time.length() - 1;
    boolean formed =
        digits >= 1
            && digits <= MOST_DIGITS
            && time.chars().limit(digits).allMatch(unit -> unit >= '0' && unit <= '9');
    if (!formed) {
      throw unknown();
    }
    return Duration.ofSeconds(
        Long.parseLong(time.substring(0, digits)) * unit(time.charAt(digits)));
  }

  private static long unit(char unit) throws CliException {
    return switch (unit) {
      case 's' -> 1;
      case 'm' -> MINUTE;
      case 'h' -> HOUR;
      case 'd' -> DAY;
      case 'w' -> WEEK;
      default -> throw unknown();
    };
  }

  private static CliException unknown() {
    return new CliException(
        ExitCode.USAGE, "this is not a time", "write 30s, 5m, 8h, 7d, 4w, or off");
  }

  static String words(long seconds) {
    if (seconds % WEEK == 0) {
      return count(seconds / WEEK, "week");
    }
    if (seconds % DAY == 0) {
      return count(seconds / DAY, "day");
    }
    if (seconds % HOUR == 0) {
      return count(seconds / HOUR, "hour");
    }
    return seconds % MINUTE == 0 ? count(seconds / MINUTE, "minute") : count(seconds, "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
