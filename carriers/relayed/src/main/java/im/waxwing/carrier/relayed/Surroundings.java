package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Reachability;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the ways to nodes need of the carrier. Tasks run on its event loop.
interface Surroundings {
  /// Opens a TLS connection; tells the caller of it or of the failure later.
  void connect(Caller caller);

  long after(Duration delay, Runnable task);

  void cancel(long timer);

  /// Does what takes long elsewhere, one such thing at a time, and comes back with its result.
  <T> void work(Supplier<T> work, Consumer<T> then);

  void reachability(NodeLink link, Reachability reachability);

  /// The reachability of a node by way of another, or of a network.
  void reachabilityBehind(Reachability reachability);

  /// What the operator of `home` gave us, if we live there.
  Optional<AdmissionToken> tokenFor(NodeAddress home);
}
