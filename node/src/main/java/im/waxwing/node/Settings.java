package im.waxwing.node;

import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Operator;
import im.waxwing.protocol.consensus.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `waxwing-node.conf` and the flags that override it (node.md §6). An unknown key stops the
/// start: a setting that is silently ignored is worse than none.
final class Settings {
  static final String FILE = "waxwing-node.conf";

  /// Flags that may stand without a value: yes.
  private static final Set<String> SWITCHES = Set.of("--relay", "--storage");

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");
  private static final Path DEFAULT_DATA =
      Path.of(System.getProperty("user.home"), ".waxwing", "node");

  private enum Key {
    PORT,
    BIND_ADDRESS,
    PUBLIC_NAME,
    MAX_MAILBOXES,
    DISK_RESERVE,
    FEDERATE,
    FEDERATE_WITH,
    FEDERATE_NEVER,
    DIRECTORY,
    RELAY,
    STORAGE,
    FAMILY,
    WEIGHT,
    UNSAFE_CLOCK_OFFSET;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Path data;
  private final Map<Key, String> values = new LinkedHashMap<>();

  private Settings(Path data) {
    this.data = data;
  }

  /// @param flags `--key value` or `--key=value`, and `--data DIR`
  static NodeConfig parse(List<String> flags) throws NodeException {
    Map<String, String> given = pairs(flags);
    String folder = given.remove("data");
    Settings settings = new Settings(folder == null ? DEFAULT_DATA : Path.of(folder));
    settings.readFile();
    for (Map.Entry<String, String> flag : given.entrySet()) {
      settings.set("--" + flag.getKey(), flag.getKey(), flag.getValue());
    }
    return settings.config();
  }

  /// The folder that flags name, for programs that only read it.
  static Path dataFolder(List<String> flags) throws NodeException {
    Map<String, String> given = pairs(flags);
    String folder = given.remove("data");
    if (!given.isEmpty()) {
      throw unknown("--" + given.keySet().iterator().next(), "--data");
    }
    return folder == null ? DEFAULT_DATA : Path.of(folder);
  }

  private static Map<String, String> pairs(List<String> flags) throws NodeException {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      int equals = flag.indexOf('=');
      if (!flag.startsWith("--")) {
        throw new NodeException.BadSetting("'" + flag + "' is no flag", "flags begin with --");
      } else if (equals > 0) {
        pairs.put(flag.substring(2, equals), flag.substring(equals + 1));
      } else if (SWITCHES.contains(flag)) {
        pairs.put(flag.substring(2), "yes");
      } else if (i + 1 < flags.size()) {
        pairs.put(flag.substring(2), flags.get(++i));
      } else {
        throw new NodeException.BadSetting(flag + " needs a value", "write " + flag + " VALUE");
      }
    }
    return pairs;
  }

  private void readFile() throws NodeException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        readLine(line.strip());
      }
    } catch (IOException e) {
      throw new NodeException.BadSetting(
          FILE + " cannot be read", "check that it is yours and plain text");
    }
  }

  private void readLine(String line) throws NodeException {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new NodeException.BadSetting(
          "a line of " + FILE + " has no '='", "write key = value, or # before a remark");
    }
    String key = line.substring(0, equals).strip();
    set(key + " in " + FILE, key, line.substring(equals + 1).strip());
  }

  private void set(String where, String text, String value) throws NodeException {
    for (Key key : Key.values()) {
      if (key.text().equals(text)) {
        values.put(key, value);
        return;
      }
    }
    String nearest =
        List.of(Key.values()).stream()
            .map(Key::text)
            .min(Comparator.comparingInt(known -> distance(known, text)))
            .orElseThrow();
    throw unknown(where, nearest);
  }

  private static NodeException unknown(String where, String nearest) {
    return new NodeException.BadSetting(
        where + " is not a known setting", "did you mean " + nearest + "?");
  }

  private NodeConfig config() throws NodeException {
    NodeConfig defaults = NodeConfig.in(data);
    Limits limits =
        defaults
            .limits()
            .withMailboxes(
                number(Key.MAX_MAILBOXES, 1, Integer.MAX_VALUE, defaults.limits().mailboxes()))
            .withDiskReserve(size(Key.DISK_RESERVE, defaults.limits().diskReserveInBytes()));
    return new NodeConfig(
        data,
        host(Key.BIND_ADDRESS, NodeConfig.DEFAULT_BIND_ADDRESS),
        number(Key.PORT, 0, 65_535, NodeConfig.DEFAULT_PORT),
        host(Key.PUBLIC_NAME, ""),
        limits,
        new Federation(mode(), nodes(Key.FEDERATE_WITH), nodes(Key.FEDERATE_NEVER)),
        membership(),
        duration(Key.UNSAFE_CLOCK_OFFSET));
  }

  private int number(Key key, int least, int most, int fallback) throws NodeException {
    String value = values.get(key);
    if (value == null) {
      return fallback;
    }
    if (value.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw wrong(key, "must be a number from " + least + " to " + most);
  }

  private String host(Key key, String fallback) throws NodeException {
    String value = values.get(key);
    if (value == null) {
      return fallback;
    }
    boolean bare = key == Key.BIND_ADDRESS && value.matches("[0-9A-Fa-f:.]+");
    if (!bare && !NodeAddress.isHost(value)) {
      throw wrong(key, "must be a host name or an IP address, an IPv6 one in [brackets]");
    }
    return value;
  }

  private Federation.Mode mode() throws NodeException {
    return switch (values.getOrDefault(Key.FEDERATE, "everyone")) {
      case "everyone" -> Federation.Mode.EVERYONE;
      case "nobody" -> Federation.Mode.NOBODY;
      case "listed" -> Federation.Mode.LISTED;
      default -> throw wrong(Key.FEDERATE, "must be everyone, nobody or listed");
    };
  }

  private Set<String> nodes(Key key) throws NodeException {
    Set<String> names = new LinkedHashSet<>();
    for (String name : values.getOrDefault(key, "").split(",", -1)) {
      if (!name.isBlank() && !Federation.isName(name.strip())) {
        throw wrong(key, "must be hosts, host:port or node keys, with commas between");
      }
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private Optional<Membership> membership() throws NodeException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (isOn(Key.RELAY)) {
      roles.add(Role.RELAY);
    }
    if (isOn(Key.STORAGE)) {
      roles.add(Role.STORAGE);
    }
    String file = values.get(Key.DIRECTORY);
    if (file == null && roles.isEmpty()) {
      return Optional.empty();
    }
    if (file == null) {
      throw new NodeException.BadSetting(
          "a node of an onion network needs its network file", "give it by --directory FILE");
    }
    if (roles.isEmpty()) {
      throw new NodeException.BadSetting(
          "a node of an onion network does something there", "give --relay, --storage or both");
    }
    if (mode() != Federation.Mode.EVERYONE) {
      throw wrong(Key.FEDERATE, "must be everyone in an onion network");
    }
    String family = values.getOrDefault(Key.FAMILY, "");
    if (!Operator.isName(family)) {
      throw wrong(Key.FAMILY, "must have at most 32 characters of a-z 0-9 . -");
    }
    int weight = number(Key.WEIGHT, 1, Descriptor.MAX_WEIGHT, Membership.USUAL_WEIGHT);
    return Optional.of(new Membership(network(Path.of(file)), roles, family, weight));
  }

  private boolean isOn(Key key) throws NodeException {
    return switch (values.getOrDefault(key, "no")) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw wrong(key, "must be yes or no");
    };
  }

  private static AuthoritySet network(Path file) throws NodeException {
    try {
      return AuthoritySet.parse(Files.readString(file));
    } catch (IOException e) {
      throw new NodeException.BadSetting(
          "there is no network file at " + file, "get it from those who run the network");
    } catch (MalformedException e) {
      throw new NodeException.BadSetting(
          "the network file is not right: " + e.getMessage(),
          "get it from those who run the network");
    }
  }

  private long size(Key key, long fallback) throws NodeException {
    String value = values.get(key);
    if (value == null) {
      return fallback;
    }
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.matches()) {
      throw wrong(key, "must be a size such as 512MiB");
    }
    int shift =
        switch (matcher.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          default -> 30;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }

  private Duration duration(Key key) throws NodeException {
    String value = values.get(key);
    if (value == null) {
      return Duration.ZERO;
    }
    try {
      String sign = value.startsWith("-") ? "-" : "";
      String amount = value.substring(sign.length()).toUpperCase(Locale.ROOT);
      return Duration.parse(sign + (amount.endsWith("D") ? "P" : "PT") + amount);
    } catch (DateTimeParseException e) {
      throw wrong(key, "must be a time such as 26h, -90m or 1d");
    }
  }

  private static NodeException wrong(Key key, String rule) {
    return new NodeException.BadSetting(
        key.text() + " " + rule, "change it in " + FILE + " or on the command line");
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
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
