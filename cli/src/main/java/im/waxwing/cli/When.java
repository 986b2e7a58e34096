package im.waxwing.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Times as people here write them.
final class When {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private When() {}

  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }
}
