/// The carrier for every path with a node in it. Start with [RelayedCarrier]. It asks a [Keeper],
/// the node at the end of a path: a [NodeLink] is the way to one node, over one [Connection] after
/// another; a [FarKeeper] goes on from there to nodes behind, whose answers come back as [Replies]
/// and whose pushes by a [Stock].
@NullMarked
package im.waxwing.carrier.relayed;

import org.jspecify.annotations.NullMarked;
