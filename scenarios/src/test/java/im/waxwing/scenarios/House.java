package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network namespace with a node and one person's app in it. Only a cable leads out.
final class House implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern NODE_ADDRESS = Pattern.compile("\\S+:\\d+/\\S{43}/\\S{22}");

  private final String name;
  private final String ip;
  private final Path folder;
  private final Deque<ChildProcess> running = new ArrayDeque<>();

  private House(String name, String ip, Path folder) {
    this.name = name;
    this.ip = ip;
    this.folder = folder;
  }

  static House build(String name, String ip, Path folder) throws Exception {
    ip("netns", "add", name);
    ip("-n", name, "link", "set", "lo", "up");
    return new House(name, ip, folder);
  }

  /// Lays a cable between two houses.
  static void join(House one, House other) throws Exception {
    ip(
        "link",
        "add",
        one.name,
        "netns",
        one.name,
        "type",
        "veth",
        "peer",
        "name",
        other.name,
        "netns",
        other.name);
    for (House house : List.of(one, other)) {
      ip("-n", house.name, "address", "add", house.ip + "/24", "dev", house.name);
      ip("-n", house.name, "link", "set", house.name, "up");
    }
  }

  void cutCable() throws Exception {
    ip("-n", name, "link", "set", name, "down");
  }

  void mendCable() throws Exception {
    ip("-n", name, "link", "set", name, "up");
  }

  /// Starts node and app, and makes the account of whoever lives here.
  void moveIn(String person) throws Exception {
    String line =
        start(
                "node",
                "--data",
                folder.resolve("node").toString(),
                "--bind-address",
                ip,
                "--public-name",
                ip)
            .awaitLine("the node's address", text -> NODE_ADDRESS.matcher(text).find(), LIMIT);
    Matcher address = NODE_ADDRESS.matcher(line);
    if (!address.find()) {
      throw new AssertionError("no address in: " + line);
    }
    start("--no-browser", "--port", "0", "--data", home())
        .awaitLine("the page's address", text -> text.contains("http://127.0.0.1:"), LIMIT);
    run("setup", "--name", person, "--home", address.group());
  }

  /// A command of the app's data folder, to its end; what it printed.
  String run(String command, String... arguments) throws Exception {
    ChildProcess process = app(command, arguments);
    if (process.awaitExit(LIMIT) != 0) {
      throw new AssertionError(command + ": " + process.output());
    }
    return String.join("\n", process.output());
  }

  JsonNode json(String command, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return ApiClient.JSON.readTree(run(command, all.toArray(String[]::new)));
  }

  /// A command of the app's data folder that stays.
  ChildProcess app(String command, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(command, "--data", home()));
    all.addAll(List.of(arguments));
    return start(all.toArray(String[]::new));
  }

  private String home() {
    return folder.resolve("app").toString();
  }

  private ChildProcess start(String... arguments) throws Exception {
    List<String> command = asRoot();
    command.addAll(List.of("ip", "netns", "exec", name));
    command.addAll(Programs.ofThisCheckout().app());
    command.addAll(List.of(arguments));
    ChildProcess process = ChildProcess.start(command, Programs.AS_BUILT);
    running.push(process);
    return process;
  }

  private static void ip(String... arguments) throws ScenarioException, InterruptedException {
    List<String> command = asRoot();
    command.add("ip");
    command.addAll(List.of(arguments));
    try (ChildProcess process = ChildProcess.start(command, Programs.AS_BUILT)) {
      if (process.awaitExit(LIMIT) != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + process.output());
      }
    }
  }

  private static List<String> asRoot() {
    boolean root = System.getProperty("user.name").equals("root");
    return new ArrayList<>(
        root ? List.of() : List.of("sudo", "--non-interactive", "--preserve-env"));
  }

  @Override
  public void close() throws ScenarioException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
    try {
      ip("netns", "delete", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
