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

/// One node, two, or an onion network, and the apps of Alice and Bob: programs as so many people
/// would run them.
final class Demo implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/#open=\\S+)");
  private static final Pattern NETWORK =
      Pattern.compile("^\\s*(onion:\\S+:\\d+/[A-Za-z0-9_-]{43})\\s*$");
  private static final String ERRORS = "errors";
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Path folder;
  private final boolean keepFolder;
  private final Kind kind;
  private final List<ChildProgram> programs = new ArrayList<>();
  private final List<AppClient> clients = new ArrayList<>();

  private Optional<ChildProgram> homeOfAlice = Optional.empty();
  private Optional<ChildProgram> homeOfBob = Optional.empty();
  private Optional<ChildProgram> alice = Optional.empty();
  private Optional<ChildProgram> bob = Optional.empty();

  /// Where Alice and Bob live.
  ///
  /// @see #hands how many nodes a letter passes then
  enum Kind {
    ONE_NODE(1, "a node"),
    A_NODE_EACH(2, "two nodes"),
    NETWORK(4, "three authorities, nine nodes");

    private final int hands;
    private final String words;

    Kind(int hands, String words) {
      this.hands = hands;
      this.words = words;
    }

    int hands() {
      return hands;
    }

    /// What is started beside the two apps.
    String words() {
      return words;
    }
  }

  private Demo(Path folder, boolean keepFolder, Kind kind) {
    this.folder = folder;
    this.keepFolder = keepFolder;
    this.kind = kind;
  }

  /// @param data where all keep their folders; otherwise a temporary one that goes away
  static Demo in(Optional<Path> data, Kind kind) throws IOException {
    if (data.isEmpty()) {
      return new Demo(Files.createTempDirectory("waxwing-demo"), false, kind);
    }
    return new Demo(Files.createDirectories(data.get().toAbsolutePath()), true, kind);
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
    switch (kind) {
      case ONE_NODE -> {
        homeOfAlice = startedNode("node");
        homeOfBob = homeOfAlice;
      }
      case A_NODE_EACH -> {
        homeOfAlice = startedNode("node-of-alice");
        homeOfBob = startedNode("node-of-bob");
      }
      case NETWORK -> {
        homeOfAlice = startedNetwork();
        homeOfBob = homeOfAlice;
      }
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

  private Optional<ChildProgram> startedNetwork() throws IOException {
    List<String> command = new ArrayList<>(ChildProgram.app());
    command.addAll(List.of(DemoNetwork.COMMAND, home("network").toString()));
    return started(command, NETWORK);
  }

  private List<String> appCommand(String name) throws IOException {
    List<String> command = new ArrayList<>(ChildProgram.app());
    command.addAll(List.of("--data", home(name).toString(), "--port", "0", "--no-browser"));
    return command;
  }

  private Optional<ChildProgram> started(List<String> command, Pattern ready) throws IOException {
    ChildProgram program = ChildProgram.start(command, ready, folder.resolve(ERRORS));
    programs.add(program);
    return Optional.of(program);
  }

  Kind kind() {
    return kind;
  }

  /// Waits until every node runs.
  void awaitNodes() throws IOException, InterruptedException {
    address(homeOfAlice);
    address(homeOfBob);
  }

  Person awaitAlice() throws IOException, InterruptedException, ProblemException {
    return person("Alice", alice.orElseThrow(), home("alice"), homeOfAlice);
  }

  Person awaitBob() throws IOException, InterruptedException, ProblemException {
    return person("Bob", bob.orElseThrow(), home("bob"), homeOfBob);
  }

  private static String address(Optional<ChildProgram> home)
      throws IOException, InterruptedException {
    return home.orElseThrow().awaitWord(START_LIMIT);
  }

  /// Waits for a person's app and makes their account, if it is new.
  private Person person(String name, ChildProgram program, Path folder, Optional<ChildProgram> home)
      throws IOException, InterruptedException, ProblemException {
    String page = program.awaitWord(START_LIMIT);
    AppClient app = AppClient.connect(new DataFolder(folder));
    clients.add(app);
    if (app.status().name().isEmpty()) {
      app.setUp(new SetUp(name, Optional.of(address(home))));
    }
    return new Person(name, app, page, folder);
  }

  private Path home(String name) {
    return folder.resolve(name);
  }

  /// What they told as errors.
  String errors() {
    try {
      return Files.readString(folder.resolve(ERRORS)).strip();
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
