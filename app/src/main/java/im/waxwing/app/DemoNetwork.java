package im.waxwing.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An onion network on this machine: three authorities in one program, and nine nodes that are a
/// program each, every one with a port and a store of its own.
final class DemoNetwork {
  private static final int AUTHORITIES = 3;
  private static final int NODES = 9;

  /// The first list of nodes is there after one of these and a part of another. It belongs to the
  /// network for good.
  private static final Duration EPOCH = Duration.ofSeconds(8);

  private static final String FILE = "network";
  private static final Duration FOUNDING_LIMIT = Duration.ofSeconds(60);
  private static final Pattern FOUNDED = Pattern.compile("^Network file: (.+)$");
  private static final Pattern AGREEING = Pattern.compile("^(\\d+) authorities run\\.$");
  private static final Pattern ADDRESS =
      Pattern.compile("^\\s*(onion:\\S+:\\d+/[A-Za-z0-9_-]{43})\\s*$");

  private final Path folder;
  private final Path errors;
  private final List<ChildProgram> nodes = new ArrayList<>();

  /// @param folder where all of them have their folders
  /// @param errors where their error lines go
  DemoNetwork(Path folder, Path errors) {
    this.folder = folder;
    this.errors = errors;
  }

  /// Starts authorities and nodes, and waits for none of them.
  ///
  /// @return all that was started
  List<ChildProgram> begin() throws IOException, InterruptedException {
    Path directory = folder.resolve("directory");
    if (!Files.exists(directory.resolve(FILE))) {
      found(directory);
    }
    List<ChildProgram> all = new ArrayList<>();
    all.add(ChildProgram.start(directory("run", "--data", directory.toString()), AGREEING, errors));
    List<Integer> ports = OwnNode.freePorts(NODES);
    for (int i = 1; i <= NODES; i++) {
      nodes.add(node(folder.resolve("node-" + i), ports.get(i - 1), directory.resolve(FILE)));
    }
    all.addAll(nodes);
    return all;
  }

  private void found(Path directory) throws IOException, InterruptedException {
    List<String> command =
        directory(
            "init",
            "--local",
            Integer.toString(AUTHORITIES),
            "--epoch",
            EPOCH.toSeconds() + "s",
            "--data",
            directory.toString());
    try (ChildProgram founding = ChildProgram.start(command, FOUNDED, errors)) {
      founding.awaitWord(FOUNDING_LIMIT);
    }
  }

  private static List<String> directory(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(ChildProgram.app());
    command.add("directory");
    command.addAll(List.of(arguments));
    return command;
  }

  /// Its port stays the same when it is started again: others may know it by that.
  private ChildProgram node(Path home, int port, Path networkFile) throws IOException {
    OwnNode.settle(home, port);
    List<String> command = new ArrayList<>(ChildProgram.node());
    command.addAll(List.of("--data", home.toString(), "--public-name", "127.0.0.1"));
    command.addAll(List.of("--relay", "--storage", "--directory", networkFile.toString()));
    return ChildProgram.start(command, ADDRESS, errors);
  }

  /// One of the nodes by which a newcomer enters the network.
  ChildProgram entry(int number) {
    return nodes.get(number);
  }

  void await(Duration limit) throws IOException, InterruptedException {
    for (ChildProgram node : nodes) {
      node.awaitWord(limit);
    }
  }
}
