package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An onion network whose swarms are one node without an operator, with the rules of mailboxes and
/// drawers in a swarm as far as devices can tell.
final class MemoryNetwork {
  static final String GUARD = "guard.example";

  final NetworkAddress address;
  final MemoryNode swarm;
  private @Nullable Fault fault;

  MemoryNetwork(Hours hours, String entry, int number) {
    byte[] id = new byte[NetworkId.SIZE];
    id[0] = (byte) number;
    id[1] = 1;
    this.address = new NetworkAddress(entry, 7443, new NetworkId(ByteString.copyOf(id)));
    this.swarm = new MemoryNode(hours, entry, 7443 + number);
  }

  /// Its guards do not answer any more, or do again.
  void setDown(boolean now) {
    swarm.setDown(now);
  }

  /// Shows a consensus that must not be believed; null: one that holds.
  void setFault(@Nullable Fault newFault) {
    fault = newFault;
    swarm.tellWatchers();
  }

  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }
}
