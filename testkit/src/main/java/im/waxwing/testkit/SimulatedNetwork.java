package im.waxwing.testkit;

import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The network between people and nodes, with its weather and its partitions.
///
/// One thread at a time.
public final class SimulatedNetwork {
  private static final Duration QUICKEST = Duration.ofMillis(1);
  private static final Duration LONGEST_UNNOTICED = Duration.ofSeconds(90);

  private final VirtualTime time;
  private final Chance chance;
  private final Map<String, SimulatedNode> nodes = new HashMap<>();
  private final Map<NetworkAddress, SimulatedOnion> onions = new HashMap<>();
  private final Set<Route> cutRoutes = new HashSet<>();
  private final List<Wire> wires = new ArrayList<>();
  private Weather weather = Weather.CALM;

  private record Route(String caller, String node) {}

  public SimulatedNetwork(VirtualTime time, Chance chance) {
    this.time = time;
    this.chance = chance;
  }

  public void setWeather(Weather weather) {
    this.weather = weather;
  }

  /// Has `node` answer at its address.
  public void attach(SimulatedNode node) {
    nodes.put(place(node.address()), node);
    node.joins(this);
  }

  /// Has an onion network answer at its address.
  void attach(SimulatedOnion onion) {
    onions.put(onion.address(), onion);
  }

  SimulatedOnion onion(NetworkAddress address) {
    return Objects.requireNonNull(onions.get(address), "no such network");
  }

  /// Nothing passes between the two any more; they notice by and by.
  public void part(String caller, SimulatedNode node) {
    cutRoutes.add(new Route(caller, node.name()));
    wires.stream()
        .filter(wire -> wire.caller().equals(caller) && wire.node() == node)
        .forEach(wire -> time.after(chance.between(Duration.ZERO, LONGEST_UNNOTICED), wire::cut));
  }

  /// Nothing passes between two nodes any more, whichever of them began.
  public void part(SimulatedNode one, SimulatedNode other) {
    part(one.name(), other);
    part(other.name(), one);
  }

  public void join(SimulatedNode one, SimulatedNode other) {
    join(one.name(), other);
    join(other.name(), one);
  }

  /// The two can reach each other again. Wires from before are lost.
  public void join(String caller, SimulatedNode node) {
    if (cutRoutes.remove(new Route(caller, node.name()))) {
      List.copyOf(wires).stream()
          .filter(wire -> wire.caller().equals(caller) && wire.node() == node)
          .forEach(Wire::cut);
    }
  }

  public void joinAll() {
    for (Route route : List.copyOf(cutRoutes)) {
      nodes.values().stream()
          .filter(node -> node.name().equals(route.node()))
          .forEach(node -> join(route.caller(), node));
    }
  }

  VirtualTime time() {
    return time;
  }

  /// Connects `caller` to the node at `address`; empty when nobody answers there.
  void connect(String caller, NodeAddress address, Wire.End end, Consumer<Optional<Wire>> outcome) {
    time.after(delay(), () -> outcome.accept(connectNow(caller, address, end)));
  }

  private Optional<Wire> connectNow(String caller, NodeAddress address, Wire.End end) {
    SimulatedNode node = nodes.get(place(address));
    if (node == null || !node.isUp() || !connects(caller, node) || loses()) {
      return Optional.empty();
    }
    Wire wire = new Wire(this, caller, end, node);
    wires.removeIf(Wire::isBroken);
    wires.add(wire);
    return Optional.of(wire);
  }

  boolean connects(String caller, SimulatedNode node) {
    return node.isUp() && !cutRoutes.contains(new Route(caller, node.name()));
  }

  boolean loses() {
    return chance.happens(weather.loss());
  }

  boolean doubles() {
    return chance.happens(weather.duplication());
  }

  boolean breaks() {
    return chance.happens(weather.breakage());
  }

  Duration delay() {
    return chance.between(QUICKEST, weather.slowest());
  }

  private static String place(NodeAddress address) {
    return address.host() + ":" + address.port();
  }
}
