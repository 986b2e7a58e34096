package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.node.NodeConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Several real nodes on ports of this machine, the last of which keeps the mailboxes, and carriers
/// of people who live at the first.
final class PathWorld implements CarrierWorld {
  static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofMillis(300),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(20));

  private final List<NodeWorld> nodes = new ArrayList<>();
  private final List<Carrier> carriers = new ArrayList<>();

  PathWorld(java.nio.file.Path folder, int count) throws Exception {
    this(folder, count, UnaryOperator.identity());
  }

  /// @param first how the first node differs from others
  PathWorld(java.nio.file.Path folder, int count, UnaryOperator<NodeConfig> first)
      throws Exception {
    for (int i = 0; i < count; i++) {
      NodeConfig config = NodeConfig.in(folder.resolve("node-" + i)).onThisMachine(0);
      nodes.add(new NodeWorld(i == 0 ? first.apply(config) : config));
    }
    introduce();
  }

  /// Each node behind the first gets to know the next one of the path.
  private void introduce() throws IOException {
    for (int i = 1; i + 1 < nodes.size(); i++) {
      try (Carrier neighbour = RelayedCarrier.start(Clock.systemUTC(), QUICK)) {
        neighbour.livesAt(home(i));
        Heard<Answer<Fetched>> heard = new Heard<>();
        NodeAddress next = address(i + 1);
        neighbour.fetch(
            Path.through(address(i), next), Fixtures.mailboxAt(next), today(), 0, heard);
        heard.next();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  NodeAddress address(int node) {
    return nodes.get(node).node();
  }

  NodeAddress.WithAdmission home(int node) {
    return new NodeAddress.WithAdmission(address(node), nodes.get(node).token());
  }

  Carrier carrier(Timing timing) {
    Carrier carrier = RelayedCarrier.start(Clock.systemUTC(), timing);
    carriers.add(carrier);
    carrier.livesAt(home(0));
    return carrier;
  }

  @Override
  public Carrier carrier() {
    return carrier(QUICK);
  }

  NodeAddress node() {
    return nodes.getLast().node();
  }

  @Override
  public NodeAddress place() {
    return node();
  }

  @Override
  public Path path() {
    return Path.through(nodes.stream().map(NodeWorld::node).toList());
  }

  @Override
  public AdmissionToken token() {
    return nodes.getLast().token();
  }

  @Override
  public Day today() {
    return nodes.getLast().today();
  }

  void restart(int node) throws IOException {
    nodes.get(node).stopNode();
    nodes.get(node).startNode();
    introduce();
  }

  @Override
  public void stopNode() {
    nodes.getLast().stopNode();
  }

  @Override
  public void startNode() throws IOException {
    nodes.getLast().startNode();
  }

  @Override
  public void close() {
    carriers.forEach(Carrier::close);
    nodes.forEach(NodeWorld::close);
  }
}
