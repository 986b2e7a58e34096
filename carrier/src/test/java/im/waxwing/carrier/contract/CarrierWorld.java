package im.waxwing.carrier.contract;

import im.waxwing.carrier.Carrier;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import java.io.IOException;

/// A place that keeps mailboxes, a node or a network, and any number of devices that reach it,
/// directly or by way of others: what a carrier's author provides to run [CarrierContract].
public interface CarrierWorld extends AutoCloseable {
  /// Another device's own carrier; the world closes it at its end.
  Carrier carrier();

  /// Where the mailboxes stand.
  Place place();

  /// How the devices reach it.
  default Path path() {
    return Path.to(place());
  }

  /// Of the operator; a network does not ask for it.
  AdmissionToken token();

  /// The day by the clock there.
  Day today();

  /// Takes away the node, or all nodes of the network; what was acknowledged must be there after
  /// [#startNode].
  void stopNode() throws IOException;

  void startNode() throws IOException;

  @Override
  void close() throws IOException;
}
