package im.waxwing.node.directory;

import im.waxwing.node.NodeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The flags of a command: `--key value` or `--key=value`. One that the command does not know stops
/// it.
final class Flags {
  private static final Path DEFAULT_DATA =
      Path.of(System.getProperty("user.home"), ".waxwing", "directory");
  private static final Set<String> WITHOUT_VALUE = Set.of("json");

  private final Map<String, String> values;

  private Flags(Map<String, String> values) {
    this.values = values;
  }

  static Flags parse(List<String> words, Set<String> known) throws NodeException {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String key = word.replaceFirst("^--", "").replaceFirst("=.*$", "");
      if (!word.startsWith("--") || !known.contains(key)) {
        throw new NodeException.BadSetting(
            "'" + word + "' is not understood", "try: waxwing directory --help");
      } else if (WITHOUT_VALUE.contains(key)) {
        values.put(key, "");
      } else if (word.contains("=")) {
        values.put(key, word.substring(word.indexOf('=') + 1));
      } else if (i + 1 < words.size()) {
        values.put(key, words.get(++i));
      } else {
        throw new NodeException.BadSetting(word + " needs a value", "write " + word + " VALUE");
      }
    }
    return new Flags(values);
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Path data() {
    return text("data").map(Path::of).orElse(DEFAULT_DATA);
  }

  int number(String key, int least, int most, int fallback) throws NodeException {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return fallback;
    }
    if (value.get().matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new NodeException.BadSetting(
        "--" + key + " must be a number from " + least + " to " + most, "change it");
  }

  Duration time(String key, Duration fallback) throws NodeException {
    try {
      return text(key)
          .map(value -> Duration.parse("PT" + value.toUpperCase(Locale.ROOT)))
          .orElse(fallback);
    } catch (DateTimeParseException e) {
      throw new NodeException.BadSetting(
          "--" + key + " must be a time such as 1h or 8s", "change it");
    }
  }
}
