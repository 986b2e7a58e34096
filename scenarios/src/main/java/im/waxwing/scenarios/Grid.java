package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The product in one table: every feature on every network, run for real.
public final class Grid {
  private final List<Cell> cells;

  private Grid(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  /// Runs every built cell, one after the other, and tells each as it is known.
  public static Grid run(Programs programs, Consumer<? super Cell> progress)
      throws InterruptedException {
    List<Cell> cells = new ArrayList<>();
    try (OnionScenarios onion = new OnionScenarios()) {
      Map<Network, Map<Feature, Scenario>> built = built(onion);
      for (Feature feature : Feature.values()) {
        for (Network network : Network.values()) {
          Cell cell = run(feature, network, built.getOrDefault(network, Map.of()), programs);
          cells.add(cell);
          progress.accept(cell);
        }
      }
    }
    return new Grid(cells);
  }

  private static Map<Network, Map<Feature, Scenario>> built(OnionScenarios onion) {
    Map<Feature, Scenario> relay = NodeScenarios.relay();
    relay.put(Feature.PATH_LOST, onion::sharedNodeLostAndReplaced);
    return Map.of(
        Network.RELAY, relay,
        Network.FEDERATED, NodeScenarios.federated(),
        Network.ONION, onion.all());
  }

  public List<Cell> cells() {
    return cells;
  }

  public boolean hasRed() {
    return cells.stream().anyMatch(cell -> cell.state() == Cell.State.RED);
  }

  /// The table as docs/grid.md describes it.
  public String json() {
    ObjectNode root = ApiClient.body();
    ArrayNode list = root.putArray("cells");
    for (Cell cell : cells) {
      list.addObject()
          .put("feature", cell.feature().id())
          .put("network", cell.network().id())
          .put("state", cell.state().id())
          .put("millis", cell.millis())
          .put("why", cell.why());
    }
    return root.toString();
  }

  /// The table for people.
  public String text() {
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-28s", ""));
    for (Network network : Network.values()) {
      table.append(String.format(Locale.ROOT, "%-14s", network.id()));
    }
    for (Feature feature : Feature.values()) {
      table.append(String.format(Locale.ROOT, "%n%-28s", feature.id()));
      cells.stream()
          .filter(cell -> cell.feature() == feature)
          .forEach(cell -> table.append(String.format(Locale.ROOT, "%-14s", word(cell))));
    }
    return table.toString();
  }

  private static String word(Cell cell) {
    return switch (cell.state()) {
      case GREEN -> "green";
      case RED -> "RED";
      case UNBUILT -> "unbuilt";
      case NOT_APPLICABLE -> "-";
    };
  }

  private static Cell run(
      Feature feature, Network network, Map<Feature, Scenario> built, Programs programs)
      throws InterruptedException {
    if (!network.applies(feature)) {
      return new Cell(
          feature, network, Cell.State.NOT_APPLICABLE, 0, "has no meaning on this network");
    }
    Scenario scenario = built.get(feature);
    if (scenario == null) {
      return new Cell(feature, network, Cell.State.UNBUILT, 0, "not built");
    }
    return play(feature, network, scenario, programs);
  }

  private static Cell play(Feature feature, Network network, Scenario scenario, Programs programs)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      scenario.play(programs);
      return new Cell(feature, network, Cell.State.GREEN, millisSince(start), "");
    } catch (ScenarioException e) {
      String why = Objects.requireNonNullElse(e.getMessage(), "failed");
      return new Cell(feature, network, Cell.State.RED, millisSince(start), why);
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
