/// The carrier for every path with a node in it. Start with [RelayedCarrier]; a [NodeLink] is the
/// way to one node, over one [Connection] after another.
@NullMarked
package im.waxwing.carrier.relayed;

import org.jspecify.annotations.NullMarked;
