package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import java.util.List;

/// What a [ConsensusChain] says to a consensus it is offered.
public sealed interface Verdict {
  /// It is the newest now.
  record Accepted(Consensus consensus) implements Verdict {}

  /// It is the newest already.
  record Known() implements Verdict {}

  /// It may follow from what is known, by way of the consensus with this hash, which is to be
  /// offered first.
  record Behind(ByteString missing) implements Verdict {}

  /// Nobody may use it.
  ///
  /// @param proofs against authorities that signed this and another one for the same epoch
  record Refused(Reason reason, List<ProofOfEquivocation> proofs) implements Verdict {
    public Refused {
      proofs = List.copyOf(proofs);
    }
  }

  /// Why it is refused.
  enum Reason {
    /// It is of another network.
    WRONG_NETWORK,
    /// Not enough of the network's authorities signed it.
    UNDER_SIGNED,
    /// Its time is over.
    STALE,
    /// Its time is too far ahead.
    TOO_EARLY,
    /// A later one is known.
    SUPERSEDED,
    /// Another one of the same epoch is known: the network is being split.
    FORKED,
    /// It does not build on what is known.
    BROKEN_CHAIN
  }
}
