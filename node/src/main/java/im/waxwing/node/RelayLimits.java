package im.waxwing.node;

/// How much a node takes on for other nodes and for people who reach it through them.
///
/// @param peers nodes it knows of at one time
/// @param dials nodes it dials at one time
/// @param heldPerPeer packets that wait for one node
/// @param heldPerLink packets of one device's link that wait for other nodes
/// @param heldInAll packets that wait for other nodes
/// @param requestsPerPeer requests that came by one peer and are not answered; more are not read
/// @param attachedPerLink recipients of answers that one link stands for
/// @param stockedBlocks reply blocks kept for pushes
public record RelayLimits(
    int peers,
    int dials,
    int heldPerPeer,
    int heldPerLink,
    int heldInAll,
    int requestsPerPeer,
    int attachedPerLink,
    int stockedBlocks) {
  public static final RelayLimits STANDARD =
      new RelayLimits(10_000, 256, 1_024, 256, 16_384, 1_024, 8, 262_144);
}
