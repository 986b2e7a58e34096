package im.waxwing.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real node with its own data folder and port, which can be killed and started again.
public final class NodeProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Pattern ADDRESS =
      Pattern.compile("127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{43}/[A-Za-z0-9_-]{22}");

  private static final Pattern NETWORK =
      Pattern.compile("onion:127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{43}");

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final String address;
  private ChildProcess process;

  private NodeProcess(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      ChildProcess process,
      String address) {
    this.command = command;
    this.environment = environment;
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  static NodeProcess start(Programs programs, Path folder, int port, List<String> options)
      throws ScenarioException, InterruptedException {
    return start(programs, folder, port, options, Map.of());
  }

  /// @param more additions to the environment
  static NodeProcess start(
      Programs programs, Path folder, int port, List<String> options, Map<String, String> more)
      throws ScenarioException, InterruptedException {
    List<String> command = new ArrayList<>(programs.node());
    command.addAll(List.of("--data", folder.toString(), "--port", Integer.toString(port)));
    command.addAll(options);
    Map<String, String> environment = new HashMap<>(more);
    environment.putAll(Programs.AS_BUILT);
    ChildProcess process = ChildProcess.start(command, environment);
    return new NodeProcess(command, environment, folder, process, awaitAddress(process));
  }

  /// The node address with admission, as the node printed it.
  public String address() {
    return address;
  }

  /// How a newcomer enters the network of which this is a node, as it printed.
  String networkAddress() throws ScenarioException, InterruptedException {
    String line =
        process.awaitLine(
            "the network's address", text -> NETWORK.matcher(text).find(), START_LIMIT);
    Matcher matcher = NETWORK.matcher(line);
    return matcher.find() ? matcher.group() : line;
  }

  public int port() {
    return Integer.parseInt(address.split("[:/]", -1)[1]);
  }

  public Path folder() {
    return folder;
  }

  public long pid() {
    return process.pid();
  }

  List<String> output() {
    return process.output();
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  /// Starts the node again on the same data folder and port.
  ///
  /// @param options more of them, for this time
  void startAgain(String... options) throws ScenarioException, InterruptedException {
    List<String> again = new ArrayList<>(command);
    again.addAll(List.of(options));
    process = ChildProcess.start(again, environment);
    awaitAddress(process);
  }

  @Override
  public void close() {
    process.close();
  }

  private static String awaitAddress(ChildProcess process)
      throws ScenarioException, InterruptedException {
    try {
      String line =
          process.awaitLine(
              "the node's address", text -> ADDRESS.matcher(text).find(), START_LIMIT);
      Matcher matcher = ADDRESS.matcher(line);
      return matcher.find() ? matcher.group() : line;
    } catch (ScenarioException e) {
      process.close();
      throw e;
    }
  }
}
