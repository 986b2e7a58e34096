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

/// One node or two, and the apps of Alice and Bob: programs as so many people would run them.
final class Demo implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/#open=\\S+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final boolean keepFolder;
  private final boolean federated;
  private final List<ChildProgram> programs = new ArrayList<>();
  private final List<AppClient> clients = new ArrayList<>();

  private Optional<ChildProgram> nodeOfAlice = Optional.empty();
  private Optional<ChildProgram> nodeOfBob = Optional.empty();
  private Optional<ChildProgram> alice = Optional.empty();
  private Optional<ChildProgram> bob = Optional.empty();

  private Demo(Path folder, boolean keepFolder, boolean federated) {
    this.folder = folder;
    this.keepFolder = keepFolder;
    this.federated = federated;
  }

  /// @param data where all keep their folders; otherwise a temporary one that goes away
  /// @param federated Alice and Bob have a node each, instead of one together
  static Demo in(Optional<Path> data, boolean federated) throws IOException {
    if (data.isEmpty()) {
      return new Demo(Files.createTempDirectory("waxwing-demo"), false, federated);
    }
    return new Demo(Files.createDirectories(data.get().toAbsolutePath()), true, federated);
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

  /// Starts all at once, and waits for none.
  void begin() throws IOException {
    if (federated) {
      nodeOfAlice = startedNode("node-of-alice");
      nodeOfBob = startedNode("node-of-bob");
    } else {
      nodeOfAlice = startedNode("node");
      nodeOfBob = nodeOfAlice;
    }
    alice = started(appCommand("alice"), PAGE);
    bob = started(appCommand("bob"), PAGE);
  }

  private Optional<ChildProgram> startedNode(String name) throws IOException {
    List<String> command = new ArrayList<>(ChildProgram.node());
    command.addAll(List.of("--data", home(name).toString(), "--port", "0"));
    command.addAll(List.of("--bind-address", "127.0.0.1", "--public-name", "127.0.0.1"));
    return started(command, OwnNode.ADDRESS);
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

  /// How many nodes a letter passes.
  int hands() {
    return federated ? 2 : 1;
  }

  /// Waits until every node runs.
  void awaitNodes() throws IOException, InterruptedException {
    address(nodeOfAlice);
    address(nodeOfBob);
  }

  Person awaitAlice() throws IOException, InterruptedException, ProblemException {
    return person("Alice", alice.orElseThrow(), home("alice"), nodeOfAlice);
  }

  Person awaitBob() throws IOException, InterruptedException, ProblemException {
    return person("Bob", bob.orElseThrow(), home("bob"), nodeOfBob);
  }

  private static String address(Optional<ChildProgram> node)
      throws IOException, InterruptedException {
    return node.orElseThrow().awaitWord(START_LIMIT);
  }

  /// Waits for a person's app and makes their account, if it is new.
  private Person person(String name, ChildProgram program, Path home, Optional<ChildProgram> node)
      throws IOException, InterruptedException, ProblemException {
    String page = program.awaitWord(START_LIMIT);
    AppClient app = AppClient.connect(new DataFolder(home));
    clients.add(app);
    if (app.status().name().isEmpty()) {
      app.setUp(new SetUp(name, Optional.of(address(node))));
    }
    return new Person(name, app, page, home);
  }

  private Path home(String name) {
    return folder.resolve(name);
  }

  /// What they told as errors.
  String errors() {
    try {
      return Files.readString(folder.resolve("errors")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /// Runs `task` once one of them has ended.
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
