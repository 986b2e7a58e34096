package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.api.SetUp;
import im.waxwing.cli.AppClient;
import im.waxwing.cli.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A node and the apps of Alice and Bob: three programs, as three people would run them.
final class Demo implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/#open=\\S+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final boolean keepFolder;
  private final List<ChildProgram> programs = new ArrayList<>();
  private final List<AppClient> clients = new ArrayList<>();

  private Optional<ChildProgram> node = Optional.empty();
  private Optional<ChildProgram> alice = Optional.empty();
  private Optional<ChildProgram> bob = Optional.empty();

  private Demo(Path folder, boolean keepFolder) {
    this.folder = folder;
    this.keepFolder = keepFolder;
  }

  /// @param data where the three keep their folders; otherwise a temporary one that goes away
  static Demo in(Optional<Path> data) throws IOException {
    if (data.isEmpty()) {
      return new Demo(Files.createTempDirectory("waxwing-demo"), false);
    }
    return new Demo(Files.createDirectories(data.get().toAbsolutePath()), true);
  }

  /// One of the two people.
  ///
  /// @param page a link that opens their page once
  record Person(String name, AppClient app, String page, Path folder) {
    @Override
    public String toString() {
      return "Person[redacted]";
    }
  }

  /// Starts all three at once, and waits for none.
  void begin() throws IOException {
    List<String> nodeCommand = new ArrayList<>(ChildProgram.node());
    nodeCommand.addAll(List.of("--data", home("node").toString(), "--port", "0"));
    nodeCommand.addAll(List.of("--bind-address", "127.0.0.1", "--public-name", "127.0.0.1"));
    node = started(nodeCommand, OwnNode.ADDRESS);
    alice = started(appCommand("alice"), PAGE);
    bob = started(appCommand("bob"), PAGE);
  }

  private List<String> appCommand(String name) throws IOException {
    List<String> command = new ArrayList<>(ChildProgram.app());
    command.addAll(List.of("--data", home(name).toString(), "--port", "0", "--no-browser"));
    return command;
  }

  private Optional<ChildProgram> started(List<String> command, Pattern ready) throws IOException {
    ChildProgram program = ChildProgram.start(command, ready, folder.resolve("errors"));
    programs.add(program);
    return Optional.of(program);
  }

  /// The address of the node, once it runs.
  String awaitNode() throws IOException, InterruptedException {
    return node.orElseThrow().awaitWord(START_LIMIT);
  }

  Person awaitAlice(String nodeAddress) throws IOException, InterruptedException, ProblemException {
    return person("Alice", alice.orElseThrow(), home("alice"), nodeAddress);
  }

  Person awaitBob(String nodeAddress) throws IOException, InterruptedException, ProblemException {
    return person("Bob", bob.orElseThrow(), home("bob"), nodeAddress);
  }

  /// Waits for a person's app and makes their account, if it is new.
  private Person person(String name, ChildProgram program, Path home, String nodeAddress)
      throws IOException, InterruptedException, ProblemException {
    String page = program.awaitWord(START_LIMIT);
    AppClient app = AppClient.connect(new DataFolder(home));
    clients.add(app);
    if (app.status().name().isEmpty()) {
      app.setUp(new SetUp(name, Optional.of(nodeAddress)));
    }
    return new Person(name, app, page, home);
  }

  private Path home(String name) {
    return folder.resolve(name);
  }

  /// What the three told as errors.
  String errors() {
    try {
      return Files.readString(folder.resolve("errors")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /// Runs `task` once one of the three has ended.
  void onEndOfOne(Runnable task) {
    programs.forEach(program -> program.onEnd(task));
  }

  @Override
  public void close() {
    clients.forEach(AppClient::close);
    programs.forEach(ChildProgram::askToEnd);
    programs.forEach(ChildProgram::close);
    if (!keepFolder) {
      remove();
    }
  }

  private void remove() {
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> all = new ArrayList<>(found.toList());
      Collections.reverse(all);
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // A temporary folder; the system removes what is left.
    }
  }
}
