package im.waxwing.app;

import im.waxwing.node.NodeProgram;
import im.waxwing.node.directory.DirectoryProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/// An onion network on this machine, for the demo: three authorities and nine nodes, each with a
/// port, keys and a store of its own. All of them run in one program, which takes a tenth of the
/// time and the memory.
///
/// It prints what its authorities and nodes print: nine times the address of the network.
final class DemoNetwork {
  static final String COMMAND = "demo-network";
  static final int NODES = 9;
  private static final int AUTHORITIES = 3;

  /// The first list of nodes is there after one of these and a part of another. It belongs to the
  /// network for good.
  private static final Duration EPOCH = Duration.ofSeconds(8);

  private DemoNetwork() {}

  /// Runs the network in a folder, which is made when it is absent, until it is told to stop.
  ///
  /// @return the exit code of the first part that ended
  static int run(Path folder) throws IOException {
    Path directory = folder.resolve("directory");
    Path networkFile = directory.resolve("network");
    if (!Files.exists(networkFile)) {
      int founded = found(directory);
      if (founded != NodeProgram.STOPPED) {
        return founded;
      }
    }
    List<CompletableFuture<Integer>> parts = new ArrayList<>();
    parts.add(part(() -> DirectoryProgram.run("run", "--data", directory.toString())));
    for (Map.Entry<Path, Integer> node : nodes(folder).entrySet()) {
      OwnNode.settle(node.getKey(), node.getValue());
      parts.add(part(() -> node(node.getKey(), networkFile)));
    }
    return (int) CompletableFuture.anyOf(parts.toArray(CompletableFuture[]::new)).join();
  }

  private static int found(Path directory) {
    return DirectoryProgram.run(
        "init",
        "--local",
        Integer.toString(AUTHORITIES),
        "--epoch",
        EPOCH.toSeconds() + "s",
        "--data",
        directory.toString());
  }

  /// The folder of each node, and a port for one that is new: it keeps it, because others know it
  /// by that.
  private static Map<Path, Integer> nodes(Path folder) throws IOException {
    Map<Path, Integer> nodes = new TreeMap<>();
    for (int port : OwnNode.freePorts(NODES)) {
      nodes.put(folder.resolve("node-" + (nodes.size() + 1)), port);
    }
    return nodes;
  }

  private static int node(Path home, Path networkFile) {
    return NodeProgram.run(
        "--data",
        home.toString(),
        "--public-name",
        "127.0.0.1",
        "--relay",
        "--storage",
        "--directory",
        networkFile.toString());
  }

  private static CompletableFuture<Integer> part(IntSupplier program) {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("waxwing-demo-network")
        .start(() -> ended.complete(program.getAsInt()));
    return ended;
  }
}
