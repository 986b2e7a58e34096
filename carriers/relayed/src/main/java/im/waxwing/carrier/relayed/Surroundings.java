package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Reachability;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.util.Optional;

/// What the ways to nodes need of the carrier. Tasks run on its event loop.
interface Surroundings {
  /// Opens a TLS connection; tells the link of it or of the failure later.
  void connect(NodeLink link);

  long after(Duration delay, Runnable task);

  void cancel(long timer);

  void reachability(NodeLink link, Reachability reachability);

  /// The reachability of a node by way of another.
  void reachabilityBehind(Reachability reachability);

  /// What the operator of `home` gave us, if we live there.
  Optional<AdmissionToken> tokenFor(NodeAddress home);
}
