package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.Node;
import im.waxwing.node.NodeConfig;
import im.waxwing.node.NodeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real node on a port of this machine, and carriers that reach it over real sockets.
final class NodeWorld implements CarrierWorld {
  static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(20));

  private final NodeConfig config;
  private final List<Carrier> carriers = new ArrayList<>();
  private @Nullable Node node;
  private NodeAddress.WithAdmission address;

  NodeWorld(Path folder) throws IOException {
    this(NodeConfig.in(folder).onThisMachine(0));
  }

  NodeWorld(NodeConfig config) throws IOException {
    this.config = config;
    Node started = start(config);
    this.node = started;
    this.address = started.address();
  }

  private static Node start(NodeConfig config) throws IOException {
    try {
      return Node.start(config);
    } catch (NodeException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Carrier carrier() {
    Carrier carrier = RelayedCarrier.start(Clock.systemUTC(), QUICK);
    carriers.add(carrier);
    return carrier;
  }

  NodeAddress node() {
    return address.node();
  }

  @Override
  public NodeAddress place() {
    return node();
  }

  @Override
  public AdmissionToken token() {
    return address.token();
  }

  @Override
  public Day today() {
    return Day.of(Clock.systemUTC().instant());
  }

  @Override
  public void stopNode() {
    if (node != null) {
      node.close();
      node = null;
    }
  }

  /// On the same port, so that the address stays true.
  @Override
  public void startNode() throws IOException {
    node = start(config.onThisMachine(address.node().port()));
  }

  @Override
  public void close() {
    carriers.forEach(Carrier::close);
    stopNode();
  }
}
