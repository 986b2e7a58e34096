/// A mailbox-day kept by several nodes, its swarm: what they ask of one another and what they sign,
/// so that a writer need not believe the one node it speaks to (swarm.md). Start with [Receipts].
@NullMarked
package im.waxwing.protocol.swarm;

import org.jspecify.annotations.NullMarked;
