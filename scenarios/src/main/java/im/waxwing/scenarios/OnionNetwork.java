package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// An onion network of real programs: three authorities in one, and nine nodes, each of which can
/// be killed and started again.
public final class OnionNetwork implements AutoCloseable {
  static final int NODES = 9;
  private static final int AUTHORITIES = 3;
  private static final String EPOCH = "10s";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final Programs programs;
  private final Town town;
  private final List<NodeProcess> nodes;

  private OnionNetwork(Programs programs, Town town, List<NodeProcess> nodes) {
    this.programs = programs;
    this.town = town;
    this.nodes = nodes;
  }

  /// Founds a network, starts all of it, and waits until the authorities list every node.
  public static OnionNetwork start(Programs programs)
      throws ScenarioException, InterruptedException {
    Town town = new Town(programs);
    try {
      Path directory = town.folder().resolve("directory");
      found(programs, directory);
      List<NodeProcess> nodes = startNodes(programs, town, directory);
      ChildProcess _ =
          town.adopt(
              ChildProcess.start(
                  programs.directory("run", "--data", directory.toString()), Programs.AS_BUILT));
      OnionNetwork network = new OnionNetwork(programs, town, nodes);
      network.awaitEveryNodeListed();
      return network;
    } catch (ScenarioException | InterruptedException | RuntimeException e) {
      town.close();
      throw e;
    }
  }

  private static void found(Programs programs, Path directory)
      throws ScenarioException, InterruptedException {
    List<String> command =
        programs.directory(
            "init",
            "--local",
            Integer.toString(AUTHORITIES),
            "--epoch",
            EPOCH,
            "--data",
            directory.toString());
    try (ChildProcess founding = ChildProcess.start(command, Programs.AS_BUILT)) {
      if (founding.awaitExit(LIMIT) != 0) {
        throw new ScenarioException("no network is founded: " + founding.output());
      }
    }
  }

  /// All at once: one after the other takes long.
  private static List<NodeProcess> startNodes(Programs programs, Town town, Path directory)
      throws ScenarioException, InterruptedException {
    List<Callable<NodeProcess>> starts = new ArrayList<>();
    for (int port : FreePort.find(NODES)) {
      Path home = town.folder().resolve("relay" + starts.size());
      List<String> options =
          List.of("--relay", "--storage", "--directory", directory.resolve("network").toString());
      starts.add(() -> NodeProcess.start(programs, home, port, options));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<NodeProcess> nodes = new ArrayList<>();
      Optional<ExecutionException> failure = Optional.empty();
      for (Future<NodeProcess> start : threads.invokeAll(starts)) {
        try {
          nodes.add(town.adopt(start.get()));
        } catch (ExecutionException e) {
          failure = Optional.of(e);
        }
      }
      if (failure.isPresent()) {
        throw new ScenarioException("a node of the network did not start", failure.get());
      }
      return nodes;
    }
  }

  private void awaitEveryNodeListed() throws ScenarioException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (listed().size() < NODES) {
      if (System.nanoTime() > deadline) {
        throw new ScenarioException("the authorities do not list every node");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /// The nodes of the newest consensus, as `waxwing directory show` tells it.
  private List<JsonNode> listed() throws ScenarioException, InterruptedException {
    List<String> command =
        programs.directory(
            "show", "--data", town.folder().resolve("directory").toString(), "--json");
    try (ChildProcess show = ChildProcess.start(command, Programs.AS_BUILT)) {
      List<JsonNode> all = new ArrayList<>();
      if (show.awaitExit(LIMIT) == 0) {
        json(show).path("nodes").forEach(all::add);
      }
      return all;
    }
  }

  private static JsonNode json(ChildProcess process) throws ScenarioException {
    try {
      return ApiClient.JSON.readTree(String.join("\n", process.output()));
    } catch (IOException e) {
      throw new ScenarioException("what was printed is not JSON", e);
    }
  }

  /// What leads a newcomer into the network: `onion:host:port/ID`.
  public String address() throws ScenarioException, InterruptedException {
    return nodes.getFirst().networkAddress();
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  /// The relays of a layer: 1 guards, 2 and 3 the others of a path.
  List<NodeProcess> layer(int number) throws ScenarioException, InterruptedException {
    List<JsonNode> listed = listed();
    return nodes.stream()
        .filter(
            node ->
                listed.stream()
                    .filter(one -> one.path("layer").asInt() == number)
                    .anyMatch(one -> node.address().startsWith(one.path("address").asText())))
        .toList();
  }

  /// A node that keeps a letter just now.
  NodeProcess keeper() throws ScenarioException, InterruptedException {
    for (NodeProcess node : nodes) {
      if (!inspect(node).path("envelopes").path("rows").isEmpty()) {
        return node;
      }
    }
    throw new ScenarioException("no node keeps a letter");
  }

  private JsonNode inspect(NodeProcess node) throws ScenarioException, InterruptedException {
    List<String> command = new ArrayList<>(programs.node());
    command.addAll(List.of("inspect", "--json", "--data", node.folder().toString()));
    try (ChildProcess process = ChildProcess.start(command, Programs.AS_BUILT)) {
      if (process.awaitExit(LIMIT) != 0) {
        throw new ScenarioException("a node cannot be looked into: " + process.output());
      }
      return json(process);
    }
  }

  @Override
  public void close() {
    town.close();
  }
}
