package im.waxwing.protocol.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.protocol.consensus.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsensusChainTest {
  private static final long EPOCH = Authorities.NOW;
  private static final Authorities WHO = Authorities.of(3, 100);
  private static final SignedConsensus FIRST = WHO.next(Optional.empty(), EPOCH, List.of());
  private static final SignedConsensus SECOND = after(FIRST, 1, 0);
  private static final SignedConsensus THIRD = after(SECOND, 1, 0);

  private final ConsensusChain chain = new ConsensusChain(WHO.set);

  /// @param nodes how many it lists, so that there can be another one of the same epoch
  private static SignedConsensus after(SignedConsensus before, int epochs, int nodes) {
    long epoch = before.consensus().epoch() + epochs;
    return WHO.next(Optional.of(before.consensus()), epoch, WHO.listings(nodes, epoch));
  }

  private static Instant in(SignedConsensus signed) {
    return signed.consensus().validFrom().plus(Duration.ofMinutes(10));
  }

  private Reason refusal(SignedConsensus offered, Instant now) {
    Verdict verdict = chain.accept(offered, now);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).reason();
  }

  private void accepts(SignedConsensus offered, Instant now) {
    assertThat(chain.accept(offered, now)).isEqualTo(new Verdict.Accepted(offered.consensus()));
  }

  @Test
  void eachConsensusThatBuildsOnTheLastIsAccepted() {
    accepts(FIRST, in(FIRST));
    accepts(SECOND, in(SECOND));
    accepts(THIRD, in(THIRD));

    assertThat(chain.current(in(THIRD))).contains(THIRD.consensus());
    assertThat(chain.accept(THIRD, in(THIRD))).isEqualTo(new Verdict.Known());
  }

  @Test
  void aStaleConsensusIsRefusedAndNoLongerUsed() {
    Instant tooLate = FIRST.consensus().validFrom().plus(Authorities.EPOCH.multipliedBy(3));
    assertThat(refusal(FIRST, tooLate)).isEqualTo(Reason.STALE);

    accepts(FIRST, tooLate.minusMillis(1));
    assertThat(chain.current(tooLate.minusMillis(1))).contains(FIRST.consensus());
    assertThat(chain.current(tooLate)).isEmpty();
  }

  @Test
  void theNextEpochsConsensusWaitsForItsTime() {
    accepts(FIRST, in(FIRST));
    accepts(SECOND, in(FIRST));

    assertThat(chain.current(in(FIRST))).contains(FIRST.consensus());
    assertThat(chain.current(in(SECOND))).contains(SECOND.consensus());
  }

  @Test
  void aConsensusFromFurtherAheadIsRefused() {
    assertThat(refusal(THIRD, in(FIRST))).isEqualTo(Reason.TOO_EARLY);
  }

  @Test
  void oneSignatureOfThreeIsTooFew() {
    SignedConsensus one = WHO.signedBy(FIRST.consensus(), List.of(1));

    assertThat(refusal(one, in(FIRST))).isEqualTo(Reason.UNDER_SIGNED);
    accepts(WHO.signedBy(FIRST.consensus(), List.of(0, 2)), in(FIRST));
  }

  @Test
  void aSignatureOfOneAlgorithmOnlyDoesNotCount() {
    List<AuthoritySignature> halves = new ArrayList<>();
    AuthoritySignature other = THIRD.signatures().getFirst();
    for (AuthoritySignature good : FIRST.signatures()) {
      halves.add(
          good.authority() == 0
              ? good
              : good.authority() == 1
                  ? new AuthoritySignature(1, good.classical(), other.lattice())
                  : new AuthoritySignature(2, other.classical(), good.lattice()));
    }

    assertThat(refusal(new SignedConsensus(FIRST.consensus(), halves), in(FIRST)))
        .isEqualTo(Reason.UNDER_SIGNED);
  }

  @Test
  void anotherNetworksConsensusIsRefused() {
    SignedConsensus elsewhere = Authorities.of(3, 500).next(Optional.empty(), EPOCH, List.of());

    assertThat(refusal(elsewhere, in(FIRST))).isEqualTo(Reason.WRONG_NETWORK);
  }

  @Test
  void aSecondConsensusOfAnEpochIsRefusedWithProofsAgainstItsSigners() {
    SignedConsensus fork = after(FIRST, 1, 4);
    accepts(FIRST, in(FIRST));
    accepts(SECOND, in(SECOND));

    Verdict verdict = chain.accept(WHO.signedBy(fork.consensus(), List.of(1, 2)), in(SECOND));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.FORKED);
              assertThat(refused.proofs())
                  .extracting(ProofOfEquivocation::authority)
                  .containsExactly(1, 2);
              assertThat(refused.proofs()).allMatch(proof -> proof.holds(WHO.set));
            });
    assertThat(chain.current(in(SECOND))).contains(SECOND.consensus());
  }

  @Test
  void aConsensusThatBuildsOnAnotherThanTheKnownOneIsRefused() {
    SignedConsensus fork = after(FIRST, 1, 4);
    accepts(FIRST, in(FIRST));
    accepts(SECOND, in(SECOND));

    assertThat(refusal(after(fork, 1, 0), in(THIRD))).isEqualTo(Reason.BROKEN_CHAIN);
    assertThat(refusal(after(FIRST, 2, 0), in(THIRD))).isEqualTo(Reason.BROKEN_CHAIN);
  }

  @Test
  void anOlderOneIsRefused() {
    accepts(SECOND, in(SECOND));

    assertThat(refusal(FIRST, in(SECOND))).isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void whatIsMissingBetweenIsAskedFor() {
    accepts(FIRST, in(FIRST));

    assertThat(chain.accept(THIRD, in(THIRD)))
        .isEqualTo(new Verdict.Behind(SECOND.consensus().hash()));
    accepts(SECOND, in(THIRD));
    accepts(THIRD, in(THIRD));
  }

  @Test
  void anEpochInWhichNothingWasAgreedIsNoGap() {
    SignedConsensus later = after(FIRST, 2, 0);
    accepts(FIRST, in(FIRST));

    accepts(later, in(later));
  }

  @Test
  void whoWasAwayForThreeEpochsBeginsAnew() {
    SignedConsensus later = after(THIRD, 1, 0);
    accepts(FIRST, in(FIRST));

    accepts(later, in(later));
  }

  @Test
  void whatIsRememberedIsAcceptedAgainAfterARestart() {
    accepts(FIRST, in(FIRST));
    accepts(SECOND, in(SECOND));

    ConsensusChain again = new ConsensusChain(WHO.set);
    chain.remembered().forEach(one -> again.accept(one, in(SECOND)));

    assertThat(again.remembered()).isEqualTo(chain.remembered());
    assertThat(again.byHash(FIRST.consensus().hash())).contains(FIRST);
  }
}
