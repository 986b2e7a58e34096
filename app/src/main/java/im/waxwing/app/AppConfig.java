package im.waxwing.app;

import im.waxwing.cli.CliException;
import im.waxwing.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The app's settings: `waxwing.conf` in its data folder, and the flags that override it.
///
/// @param port where the page listens; 0: any free port
/// @param clockOffset how far the app pretends its clock to be ahead
record AppConfig(int port, Duration clockOffset) {
  static final String FILE = "waxwing.conf";
  static final String PORT = "port";
  static final String UNSAFE_CLOCK_OFFSET = "unsafe-clock-offset";
  static final List<String> KEYS = List.of(PORT, UNSAFE_CLOCK_OFFSET);
  static final AppConfig DEFAULT = new AppConfig(7470, Duration.ZERO);
  private static final int MAX_PORT = 65_535;

  AppConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("not a port");
    }
  }

  /// @param flags from the command line, by key
  static AppConfig read(Path folder, Map<String, String> flags) throws CliException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines(folder.resolve(FILE))) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        put(values, line);
      }
    }
    values.putAll(flags);
    return new AppConfig(port(values), clockOffset(values));
  }

  private static List<String> lines(Path file) throws CliException {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw wrong(FILE + " cannot be read", "check that it is yours and plain text");
    }
  }

  private static void put(Map<String, String> values, String line) throws CliException {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw wrong("a line of " + FILE + " has no '='", "write key = value, or # before a remark");
    }
    String key = line.substring(0, equals).strip();
    if (!KEYS.contains(key)) {
      throw wrong(
          "'" + key + "' in " + FILE + " is not a known setting",
          "did you mean " + nearest(key) + "?");
    }
    values.put(key, line.substring(equals + 1).strip());
  }

  private static int port(Map<String, String> values) throws CliException {
    String text = values.getOrDefault(PORT, Integer.toString(DEFAULT.port));
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
      return Integer.parseInt(text);
    }
    throw wrong(PORT + " must be a number from 0 to 65535", "choose another with --port");
  }

  private static Duration clockOffset(Map<String, String> values) throws CliException {
    String text = values.getOrDefault(UNSAFE_CLOCK_OFFSET, "0s");
    try {
      String sign = text.startsWith("-") ? "-" : "";
      String amount = text.substring(sign.length()).toUpperCase(Locale.ROOT);
      return Duration.parse(sign + (amount.endsWith("D") ? "P" : "PT") + amount);
    } catch (DateTimeParseException e) {
      throw wrong(UNSAFE_CLOCK_OFFSET + " must be a time", "write it like 26h, -90m or 1d");
    }
  }

  private static String nearest(String key) {
    return KEYS.stream().min(Comparator.comparingInt(known -> distance(known, key))).orElseThrow();
  }

  // Levenshtein's
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  private static CliException wrong(String sentence, String hint) {
    return new CliException(ExitCode.USAGE, sentence, hint);
  }
}
