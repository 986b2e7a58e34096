package im.waxwing.carrier.contract;

import im.waxwing.carrier.Carrier;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import java.io.IOException;

/// One node and any number of devices that reach it, directly or by way of others: what a carrier's
/// author provides to run [CarrierContract].
public interface CarrierWorld extends AutoCloseable {
  /// Another device's own carrier; the world closes it at its end.
  Carrier carrier();

  /// The node that keeps the mailboxes.
  NodeAddress node();

  /// How the devices reach it.
  default Path path() {
    return Path.through(node());
  }

  AdmissionToken token();

  /// The day by the node's clock.
  Day today();

  /// Takes the node away; what it has acknowledged must be there after [#startNode].
  void stopNode() throws IOException;

  void startNode() throws IOException;

  @Override
  void close() throws IOException;
}
