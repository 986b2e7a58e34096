/// What an onion network agrees on, as values and bytes; no I/O and no clock.
///
/// A few authorities ([AuthoritySet]) collect the [Descriptor]s of nodes, exchange [Vote]s and
/// [Reveal]s in a [Ballot], and sign the same [Consensus]. A [ConsensusChain] tells which signed
/// consensus to believe; [Placement] and [OnionPaths] say what follows from it. Start with
/// [Consensus].
@NullMarked
package im.waxwing.protocol.consensus;

import org.jspecify.annotations.NullMarked;
