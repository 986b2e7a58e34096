package im.waxwing.protocol.consensus;

import java.util.List;

/// Four nodes by which an app reaches a swarm.
///
/// @param guard of layer 1, the app's own, kept for months
/// @param middle of layer 2
/// @param last of layer 3
/// @param coordinator a node of the swarm
public record OnionPath(Entry guard, Entry middle, Entry last, Entry coordinator) {
  /// In the order in which a packet passes them.
  public List<Entry> hops() {
    return List.of(guard, middle, last, coordinator);
  }
}
