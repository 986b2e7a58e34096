package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import java.time.Duration;
import java.time.Instant;

/// One connection between a carrier and a node. It carries records both ways, loses, doubles and
/// delays some as the weather is, and breaks: then either end hears of it, each in its own time.
final class Wire {
  /// What either end of a wire hears.
  interface End {
    void received(ByteString record);

    void broken();
  }

  private final SimulatedNetwork network;
  private final String caller;
  private final SimulatedNode node;
  private final Side toNode;
  private final Side toCaller;
  private boolean whole = true;

  /// One direction, with the time before which nothing that keeps its order may arrive.
  private final class Side {
    private final End end;
    private Instant lastInOrder = Instant.MIN;

    Side(End end) {
      this.end = end;
    }

    private void deliverAfter(Duration delay, ByteString record) {
      network
          .time()
          .after(
              delay,
              () -> {
                if (stillArrives() && network.connects(caller, node)) {
                  end.received(record);
                }
              });
    }

    /// What has left for a node gets there, though its sender has gone; a sender that has gone
    /// hears nothing more.
    private boolean stillArrives() {
      return whole || end instanceof NodeWire;
    }

    private void deliverInOrder(Duration delay, ByteString record) {
      Instant arrival = network.time().now().plus(delay);
      lastInOrder = arrival.isAfter(lastInOrder) ? arrival : lastInOrder;
      deliverAfter(Duration.between(network.time().now(), lastInOrder), record);
    }

    private void tellBroken() {
      network.time().after(network.delay(), end::broken);
    }
  }

  Wire(SimulatedNetwork network, String caller, End callerEnd, SimulatedNode node) {
    this.network = network;
    this.caller = caller;
    this.node = node;
    this.toCaller = new Side(callerEnd);
    NodeWire nodeEnd = new NodeWire(node, this);
    this.toNode = new Side(nodeEnd);
    node.accept(nodeEnd);
  }

  String caller() {
    return caller;
  }

  SimulatedNode node() {
    return node;
  }

  boolean isBroken() {
    return !whole;
  }

  void sendToNode(ByteString record) {
    send(toNode, record);
  }

  void sendToCaller(ByteString record) {
    send(toCaller, record);
  }

  /// Records sent this way arrive in the order of sending, none twice; a loss breaks the wire.
  void sendToCallerInOrder(ByteString record) {
    if (!whole) {
      return;
    }
    if (network.loses() || network.breaks()) {
      cut();
    } else {
      toCaller.deliverInOrder(network.delay(), record);
    }
  }

  /// Ends the connection; both ends hear of it.
  void cut() {
    if (whole) {
      whole = false;
      toNode.tellBroken();
      toCaller.tellBroken();
    }
  }

  private void send(Side side, ByteString record) {
    if (!whole) {
      return;
    }
    if (network.breaks()) {
      cut();
    } else if (!network.loses()) {
      side.deliverAfter(network.delay(), record);
      if (network.doubles()) {
        side.deliverAfter(network.delay(), record);
      }
    }
  }
}
