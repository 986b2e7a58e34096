package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.consensus.Verdict.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which signed consensus of one network to believe, and remembers those it believed: each
/// must be signed by enough authorities, in its time, and built on the one before (consensus.md
/// §7).
///
/// Safe for many threads.
public final class ConsensusChain {
  private static final int REMEMBERED = 8;

  private final AuthoritySet set;
  private final NetworkId network;
  private final List<SignedConsensus> accepted = new ArrayList<>();

  public ConsensusChain(AuthoritySet set) {
    this.set = set;
    this.network = set.id();
  }

  public AuthoritySet authorities() {
    return set;
  }

  public NetworkId network() {
    return network;
  }

  /// Looks at a consensus and takes it in if all is well.
  public synchronized Verdict accept(SignedConsensus offered, Instant now) {
    Consensus consensus = offered.consensus();
    if (!consensus.network().equals(network)
        || !consensus.epochLength().equals(set.epochLength())) {
      return refused(Reason.WRONG_NETWORK);
    }
    if (isKnown(consensus)) {
      return new Verdict.Known();
    }
    if (!offered.isSignedBy(set)) {
      return refused(Reason.UNDER_SIGNED);
    }
    if (!now.isBefore(consensus.validUntil())) {
      return refused(Reason.STALE);
    }
    if (consensus.epoch() > set.epochAt(now) + 1) {
      return refused(Reason.TOO_EARLY);
    }
    Verdict verdict = followed(offered);
    if (verdict instanceof Verdict.Accepted) {
      remember(offered);
    }
    return verdict;
  }

  private boolean isKnown(Consensus consensus) {
    return !accepted.isEmpty() && accepted.getLast().consensus().equals(consensus);
  }

  private static Verdict refused(Reason reason) {
    return new Verdict.Refused(reason, List.of());
  }

  private Verdict followed(SignedConsensus offered) {
    Consensus consensus = offered.consensus();
    if (accepted.isEmpty()) {
      return new Verdict.Accepted(consensus);
    }
    Consensus newest = accepted.getLast().consensus();
    if (consensus.epoch() <= newest.epoch()) {
      return contradicted(offered);
    }
    if (consensus.previous().equals(newest.hash())) {
      return new Verdict.Accepted(consensus);
    }
    long ahead = consensus.epoch() - newest.epoch();
    if (ahead >= Consensus.MAX_AGE_IN_EPOCHS) {
      // Nothing known could still be used: begin anew from the authorities' signatures.
      return new Verdict.Accepted(consensus);
    }
    return ahead == 1 || isRemembered(consensus.previous())
        ? refused(Reason.BROKEN_CHAIN)
        : new Verdict.Behind(consensus.previous());
  }

  /// What is no newer than the newest: one that was accepted, or a fork.
  private Verdict contradicted(SignedConsensus offered) {
    for (SignedConsensus known : accepted) {
      if (known.consensus().epoch() == offered.consensus().epoch()
          && !known.consensus().equals(offered.consensus())) {
        return new Verdict.Refused(Reason.FORKED, proofs(known, offered));
      }
    }
    return refused(Reason.SUPERSEDED);
  }

  private List<ProofOfEquivocation> proofs(SignedConsensus one, SignedConsensus two) {
    List<ProofOfEquivocation> proofs = new ArrayList<>();
    for (AuthoritySignature first : one.signatures()) {
      for (AuthoritySignature second : two.signatures()) {
        ProofOfEquivocation.between(
                one.consensus().statement(), first, two.consensus().statement(), second)
            .filter(proof -> proof.holds(set))
            .ifPresent(proofs::add);
      }
    }
    return proofs;
  }

  private boolean isRemembered(ByteString hash) {
    return hash.equals(Fields.NO_HASH) || byHash(hash).isPresent();
  }

  private void remember(SignedConsensus signed) {
    accepted.add(signed);
    if (accepted.size() > REMEMBERED) {
      accepted.removeFirst();
    }
  }

  /// The newest accepted one, whether or not it may still be used.
  public synchronized Optional<SignedConsensus> newest() {
    return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.getLast());
  }

  /// An accepted one by its hash, while it is remembered.
  public synchronized Optional<SignedConsensus> byHash(ByteString hash) {
    return accepted.stream().filter(one -> one.consensus().hash().equals(hash)).findFirst();
  }

  /// Those remembered, the oldest first: to keep over a restart, and to offer again then.
  public synchronized List<SignedConsensus> remembered() {
    return List.copyOf(accepted);
  }

  /// What to use now: the newest whose time has begun and is not over. Empty: the network cannot be
  /// used until a newer one comes.
  public synchronized Optional<Consensus> current(Instant now) {
    return accepted.reversed().stream()
        .map(SignedConsensus::consensus)
        .filter(one -> !now.isBefore(one.validFrom()) && now.isBefore(one.validUntil()))
        .findFirst();
  }
}
