package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.node.NodeException;
import im.waxwing.node.testing.OnionNetwork;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// A real network of authorities and nodes on ports of this machine, which outlives this world, and
/// carriers of people who enter it.
final class OnionWorld implements CarrierWorld {
  static final int NODES = 9;

  private final OnionNetwork network;
  private final List<Carrier> carriers = new ArrayList<>();
  private boolean stopped;

  OnionWorld(OnionNetwork network) {
    this.network = network;
  }

  @Override
  public Carrier carrier() {
    return carrier(PathWorld.QUICK, new Notes());
  }

  Carrier carrier(Timing timing, Notes notes) {
    Carrier carrier = RelayedCarrier.start(Clock.systemUTC(), timing);
    carriers.add(carrier);
    carrier.enters(place(), notes);
    return carrier;
  }

  /// By way of the first node.
  @Override
  public NetworkAddress place() {
    return by(0);
  }

  NetworkAddress by(int node) {
    return new NetworkAddress(
        network.addressOf(node).host(), network.addressOf(node).port(), network.authorities().id());
  }

  @Override
  public AdmissionToken token() {
    return Fixtures.token();
  }

  @Override
  public Day today() {
    return Day.of(Clock.systemUTC().instant());
  }

  @Override
  public void stopNode() {
    stopped = true;
    for (int i = 0; i < NODES; i++) {
      network.stopNode(i);
    }
  }

  @Override
  public void startNode() throws IOException {
    try {
      for (int i = 0; i < NODES; i++) {
        network.startNode(i);
      }
      stopped = false;
      network.awaitListed();
      network.awaitAcquainted();
    } catch (NodeException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    carriers.forEach(Carrier::close);
    if (stopped) {
      startNode();
    }
  }
}
