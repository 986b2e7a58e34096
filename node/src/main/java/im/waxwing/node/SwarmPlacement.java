package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.util.List;
import java.util.Optional;

/// Which nodes keep what together, as the network's consensus says at the moment (swarm.md §2).
/// Asked for every request and many times an hour for everything that is kept: must be quick. Safe
/// for many threads.
public interface SwarmPlacement {
  /// The network's id, 32 bytes; never changes.
  ByteString network();

  /// How many members must have a deposit on disk before it is acknowledged: more than half.
  int quorum();

  /// What opening a mailbox or laying a drawer costs.
  SwarmAdmission admission();

  /// The swarm of a mailbox or a drawer.
  ///
  /// @param name the mailbox's id or the drawer's handle, 32 bytes
  /// @param day of the mailbox, or the drawer's last
  List<NodeKey> members(ByteString name, Day day);

  /// All nodes that keep mailboxes, with this one or without.
  List<NodeKey> storageNodes();

  /// Where a node of the network answers; empty: it is none.
  Optional<NodeAddress> address(NodeKey node);
}
