package im.waxwing.protocol.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BallotTest {
  private static final long EPOCH = Authorities.NOW;
  private static final Authorities FIVE = Authorities.of(5, 1);
  private static final Authorities THREE = Authorities.of(3, 100);

  private static Vote vote(Authorities who, int authority, List<Vote.Listing> listings) {
    return who.vote(authority, EPOCH, Fields.NO_HASH, listings);
  }

  private static Ballot voted(Authorities who, List<List<Vote.Listing>> lists) {
    Ballot ballot = new Ballot(who.set, EPOCH);
    for (int i = 0; i < lists.size(); i++) {
      assertThat(ballot.addVote(who.signed(i, vote(who, i, lists.get(i))))).isTrue();
      assertThat(ballot.addReveal(who.signedReveal(i, EPOCH))).isTrue();
    }
    return ballot;
  }

  private static Consensus tabulated(Authorities who, List<List<Vote.Listing>> lists) {
    return voted(who, lists).tabulate(Optional.empty()).orElseThrow();
  }

  private static Vote.Listing listing(int number, int weight) {
    return new Vote.Listing(weight, FIVE.node(number, EPOCH - 1));
  }

  private static Set<NodeKey> keys(Consensus consensus) {
    return consensus.entries().stream().map(Entry::key).collect(Collectors.toSet());
  }

  @Nested
  class Counting {
    @Test
    void theSameVotesInAnyOrderGiveTheSameBytes() {
      for (long seed = 0; seed < 8; seed++) {
        Random random = new Random(seed);
        List<Vote.Listing> pool = FIVE.listings(12, EPOCH);
        List<Signed<Vote>> votes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          List<Vote.Listing> seen =
              pool.stream()
                  .filter(_ -> random.nextInt(3) > 0)
                  .map(one -> new Vote.Listing(1 + random.nextInt(50), one.descriptor()))
                  .toList();
          votes.add(FIVE.signed(i, vote(FIVE, i, seen)));
        }
        Set<ByteString> results = new HashSet<>();
        for (int order = 0; order < 6; order++) {
          Collections.shuffle(votes, random);
          Ballot ballot = new Ballot(FIVE.set, EPOCH);
          votes.forEach(ballot::addVote);
          for (int i : List.of(3, 0, 4, 1, 2)) {
            ballot.addReveal(FIVE.signedReveal(i, EPOCH));
          }
          results.add(ballot.tabulate(Optional.empty()).orElseThrow().encode());
        }

        assertThat(results).as("seed %s", seed).hasSize(1);
      }
    }

    @Test
    void aNodeIsListedIfMoreThanHalfOfTheVotesListIt() {
      Vote.Listing everywhere = listing(1, 10);
      Vote.Listing inThree = listing(2, 10);
      Vote.Listing inTwo = listing(3, 10);

      Consensus consensus =
          tabulated(
              FIVE,
              List.of(
                  Vote.ordered(List.of(everywhere, inThree, inTwo)),
                  Vote.ordered(List.of(everywhere, inThree, inTwo)),
                  Vote.ordered(List.of(everywhere, inThree)),
                  List.of(everywhere),
                  List.of(everywhere)));

      assertThat(keys(consensus))
          .containsExactlyInAnyOrder(everywhere.descriptor().key(), inThree.descriptor().key());
    }

    @Test
    void theWeightIsTheMedian() {
      Consensus consensus =
          tabulated(
              FIVE,
              List.of(
                  List.of(listing(1, 1_000)),
                  List.of(listing(1, 7)),
                  List.of(listing(1, 1)),
                  List.of(listing(1, 9)),
                  List.of(listing(1, 8))));

      assertThat(consensus.entries().getFirst().weight()).isEqualTo(8);
    }

    @Test
    void theParametersAreThoseOfMostVotes() {
      Parameters mixed = Parameters.STANDARD.with(Parameters.Mode.MIXED);
      Ballot ballot = new Ballot(THREE.set, EPOCH);
      for (int i = 0; i < 3; i++) {
        Vote vote = vote(THREE, i, List.of());
        Parameters wanted = i == 1 ? Parameters.STANDARD : mixed;
        ballot.addVote(
            THREE.signed(
                i,
                new Vote(
                    vote.network(), EPOCH, vote.previous(), vote.commitment(), wanted, List.of())));
        ballot.addReveal(THREE.signedReveal(i, EPOCH));
      }

      assertThat(ballot.tabulate(Optional.empty()).orElseThrow().parameters()).isEqualTo(mixed);
    }

    @Test
    void ofTwoDescriptorsTheOneMostListCounts() {
      Descriptor old = FIVE.node(1, EPOCH - 2);
      Descriptor recent = FIVE.node(1, EPOCH - 1, word -> moved(word, "10.99.0.1"));
      Vote.Listing oldOne = new Vote.Listing(10, old);
      Vote.Listing newOne = new Vote.Listing(10, recent);

      Consensus consensus =
          tabulated(
              FIVE,
              List.of(
                  List.of(oldOne),
                  List.of(newOne),
                  List.of(newOne),
                  List.of(oldOne),
                  List.of(newOne)));

      assertThat(consensus.entries().getFirst().address()).isEqualTo(recent.address());
    }

    private static Descriptor.Word moved(Descriptor.Word word, String host) {
      return new Descriptor.Word(
          host, word.port(), word.roles(), word.weight(), word.operatorSeed(), word.name());
    }
  }

  @Nested
  class Randomness {
    @Test
    void oneHonestAuthorityChangesTheSharedRandom() {
      Ballot ballot = voted(THREE, List.of(List.of(), List.of()));
      ByteString ofTwo = ballot.tabulate(Optional.empty()).orElseThrow().sharedRandom();
      ballot.addVote(THREE.signed(2, vote(THREE, 2, List.of())));
      ballot.addReveal(THREE.signedReveal(2, EPOCH));

      assertThat(ballot.tabulate(Optional.empty()).orElseThrow().sharedRandom())
          .isNotEqualTo(ofTwo);
    }

    @Test
    void aVoteWhoseValueIsNotRevealedDoesNotCount() {
      Ballot ballot = voted(THREE, List.of(List.of()));
      ballot.addVote(THREE.signed(1, vote(THREE, 1, List.of())));

      assertThat(ballot.previous()).isEmpty();
      assertThat(ballot.tabulate(Optional.empty())).isEmpty();
    }

    @Test
    void aValueOtherThanTheOneCommittedToDoesNotCount() {
      Ballot ballot = voted(THREE, List.of(List.of()));
      ballot.addVote(THREE.signed(1, vote(THREE, 1, List.of())));
      Reveal other = new Reveal(THREE.set.id(), EPOCH, Fields.NO_HASH);
      ballot.addReveal(Signed.by(THREE.keys.get(1), 1, other));

      assertThat(ballot.tabulate(Optional.empty())).isEmpty();
    }

    @Test
    void aCommitmentCopiedFromAnotherAuthorityOpensNothing() {
      Reveal alices = THREE.reveal(0, EPOCH);

      assertThat(alices.commitment(1)).isNotEqualTo(alices.commitment(0));
    }

    @Test
    void randomValuesOfDaysAreKeptWhileTheyAreNamed() {
      Consensus first = THREE.next(Optional.empty(), EPOCH, List.of()).consensus();
      Consensus dayLater = THREE.next(Optional.of(first), EPOCH + 24, List.of()).consensus();
      Day day = Day.of(first.validFrom());

      for (int ahead = -30; ahead <= 31; ahead++) {
        assertThat(dayLater.dayRandom(day.plus(ahead))).isEqualTo(first.dayRandom(day.plus(ahead)));
      }
      assertThat(dayLater.dayRandom(day.plus(-31))).isEmpty();
      assertThat(first.dayRandom(day.plus(32))).isEmpty();
      assertThat(dayLater.dayRandom(day.plus(32))).isPresent();
      assertThat(new HashSet<>(dayLater.dayRandoms())).hasSize(Consensus.DAYS);
    }
  }

  @Nested
  class LayersOfRelays {
    private Consensus grown(Optional<Consensus> before, long epoch, int from, int to) {
      List<Vote.Listing> listings = new ArrayList<>();
      for (int i = from; i < to; i++) {
        listings.add(new Vote.Listing(10, THREE.node(i, epoch - 1)));
      }
      return THREE.next(before, epoch, Vote.ordered(listings)).consensus();
    }

    @Test
    void nineRelaysFillAllLayers() {
      Consensus consensus = grown(Optional.empty(), EPOCH, 0, 9);

      for (int layer = 1; layer <= 3; layer++) {
        assertThat(consensus.layer(layer)).hasSizeBetween(2, 4);
      }
    }

    @Test
    void aRelayKeepsItsLayerWhenOthersCome() {
      Consensus few = grown(Optional.empty(), EPOCH, 0, 9);
      Consensus many = grown(Optional.of(few), EPOCH + 1, 0, 30);

      for (Entry entry : few.entries()) {
        assertThat(many.node(entry.key()).orElseThrow().layer()).isEqualTo(entry.layer());
      }
    }

    @Test
    void aLayerWhoseRelaysLeaveIsFilledFromOthers() {
      Consensus all = grown(Optional.empty(), EPOCH, 0, 18);
      Set<NodeKey> gone = all.layer(1).stream().map(Entry::key).collect(Collectors.toSet());
      List<Vote.Listing> rest = new ArrayList<>();
      for (int i = 0; i < 18; i++) {
        Descriptor node = THREE.node(i, EPOCH);
        if (!gone.contains(node.key())) {
          rest.add(new Vote.Listing(10, node));
        }
      }

      Consensus after = THREE.next(Optional.of(all), EPOCH + 1, Vote.ordered(rest)).consensus();

      assertThat(after.layer(1).size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anotherRandomValueGivesAnotherLayer() {
      Map<Integer, Set<Integer>> seen = new HashMap<>();
      for (long epoch = EPOCH; epoch < EPOCH + 12; epoch++) {
        for (Entry entry : grown(Optional.empty(), epoch, 0, 9).entries()) {
          seen.computeIfAbsent(entry.address().port() + hostNumber(entry), _ -> new HashSet<>())
              .add(entry.layer());
        }
      }

      assertThat(seen).hasSize(9).allSatisfy((_, layers) -> assertThat(layers).hasSize(3));
    }

    private static int hostNumber(Entry entry) {
      return entry.address().host().hashCode();
    }

    @Test
    void aNodeThatOnlyStoresHasNoLayer() {
      Descriptor storing =
          THREE.node(
              1,
              EPOCH - 1,
              word ->
                  new Descriptor.Word(
                      word.host(),
                      word.port(),
                      Set.of(Role.STORAGE),
                      word.weight(),
                      word.operatorSeed(),
                      word.name()));
      Consensus consensus =
          THREE.next(Optional.empty(), EPOCH, List.of(new Vote.Listing(10, storing))).consensus();

      assertThat(consensus.entries()).singleElement().returns(0, Entry::layer);
      assertThat(consensus.storage()).hasSize(1);
    }
  }

  @Nested
  class TwoFaces {
    private final List<Vote.Listing> some = FIVE.listings(3, EPOCH);

    @Test
    void twoVotesOfOneAuthorityAreAProofThatStandsAlone() throws Exception {
      Ballot ballot = voted(FIVE, List.of(some, some, some, some, some));
      assertThat(ballot.addVote(FIVE.signed(4, vote(FIVE, 4, List.of())))).isTrue();

      ProofOfEquivocation proof = ballot.proofs().getFirst();
      assertThat(proof.authority()).isEqualTo(4);
      assertThat(ProofOfEquivocation.decode(proof.encode()).holds(FIVE.set)).isTrue();
      assertThat(proof.holds(THREE.set)).isFalse();
    }

    @Test
    void aTwoFacedAuthoritysVoteDoesNotCount() {
      Ballot ballot = voted(FIVE, List.of(List.of(), List.of(), some, some, some));
      assertThat(ballot.tabulate(Optional.empty()).orElseThrow().entries()).hasSize(3);
      ballot.addVote(FIVE.signed(4, vote(FIVE, 4, List.of())));

      assertThat(ballot.tabulate(Optional.empty()).orElseThrow().entries()).isEmpty();
    }

    @Test
    void aProofCountsForThoseWhoSawOneFaceOnly() {
      Ballot saw = voted(FIVE, List.of(some, some, some, some, some));
      saw.addVote(FIVE.signed(4, vote(FIVE, 4, List.of())));
      Ballot other = voted(FIVE, List.of(some, some, some, some, some));

      assertThat(other.addProof(saw.proofs().getFirst())).isTrue();

      assertThat(other.tabulate(Optional.empty())).isEqualTo(saw.tabulate(Optional.empty()));
    }

    @Test
    void twoSignedConsensusesAreAProof() {
      Ballot ballot = voted(FIVE, List.of(some, some, some));
      Consensus one = ballot.tabulate(Optional.empty()).orElseThrow();
      Consensus two = tabulated(FIVE, List.of(List.of(), List.of(), List.of()));

      assertThat(ballot.addSignature(FIVE.word(1, one))).isTrue();
      assertThat(ballot.addSignature(FIVE.word(1, one))).isFalse();
      assertThat(ballot.proofs()).isEmpty();
      assertThat(ballot.addSignature(FIVE.word(1, two))).isTrue();

      assertThat(ballot.proofs()).singleElement().returns(true, proof -> proof.holds(FIVE.set));
    }

    @Test
    void nobodyCanForgeAProofAgainstAnHonestAuthority() {
      Vote one = vote(FIVE, 0, List.of());
      Vote two = vote(FIVE, 0, some);
      AuthoritySignature good = FIVE.keys.getFirst().sign(0, one.statement());
      AuthoritySignature mallorys = FIVE.keys.get(1).sign(0, two.statement());

      ProofOfEquivocation forged =
          ProofOfEquivocation.between(one.statement(), good, two.statement(), mallorys)
              .orElseThrow();

      assertThat(forged.holds(FIVE.set)).isFalse();
      assertThat(new Ballot(FIVE.set, EPOCH).addProof(forged)).isFalse();
    }
  }

  @Nested
  class Refusing {
    private final Ballot ballot = new Ballot(THREE.set, EPOCH);

    @Test
    void aVoteSignedByAnotherKeyIsRefused() {
      Vote vote = vote(THREE, 0, List.of());

      assertThat(ballot.addVote(Signed.by(THREE.keys.get(1), 0, vote))).isFalse();
    }

    @Test
    void aVoteForAnotherEpochOrNetworkIsRefused() {
      Vote later = THREE.vote(0, EPOCH + 1, Fields.NO_HASH, List.of());
      Vote elsewhere = vote(FIVE, 0, List.of());

      assertThat(ballot.addVote(THREE.signed(0, later))).isFalse();
      assertThat(ballot.addVote(THREE.signed(0, elsewhere))).isFalse();
    }

    @Test
    void aVoteThatListsAnInventedNodeIsRefused() {
      Descriptor good = THREE.node(1, EPOCH - 1);
      Descriptor invented =
          new Descriptor(
              good.network(),
              good.epoch(),
              good.address(),
              good.roles(),
              good.weight() + 1,
              good.operator(),
              good.operatorSignature(),
              good.signature());
      Vote vote = vote(THREE, 0, List.of(new Vote.Listing(10, invented)));

      assertThat(ballot.addVote(THREE.signed(0, vote))).isFalse();
    }

    @Test
    void aDescriptorCountsInItsEpochAndTheNext() {
      assertThat(ballot.isProper(THREE.node(1, EPOCH))).isFalse();
      assertThat(ballot.isProper(THREE.node(1, EPOCH - 1))).isTrue();
      assertThat(ballot.isProper(THREE.node(1, EPOCH - 2))).isTrue();
      assertThat(ballot.isProper(THREE.node(1, EPOCH - 3))).isFalse();
      assertThat(ballot.isProper(FIVE.node(1, EPOCH - 1))).isFalse();
    }

    @Test
    void nobodyJoinsAFamilyWithoutItsKey() {
      Descriptor good = THREE.node(1, EPOCH - 1);
      Descriptor other = THREE.node(2, EPOCH - 1);
      Descriptor joining =
          new Descriptor(
              good.network(),
              good.epoch(),
              good.address(),
              good.roles(),
              good.weight(),
              other.operator(),
              other.operatorSignature(),
              good.signature());

      assertThat(joining.isSigned()).isFalse();
    }

    @Test
    void tooFewSignaturesMakeNoConsensus() {
      Ballot three = voted(THREE, List.of(List.of(), List.of(), List.of()));
      Consensus consensus = three.tabulate(Optional.empty()).orElseThrow();
      three.addSignature(THREE.word(0, consensus));
      assertThat(three.signed(consensus)).isEmpty();

      three.addSignature(THREE.word(2, consensus));

      assertThat(three.signed(consensus).map(one -> one.isSignedBy(THREE.set))).contains(true);
    }

    @Test
    void theVotesThatCountNameTheConsensusToBuildOn() {
      Consensus first = THREE.next(Optional.empty(), EPOCH - 1, List.of()).consensus();
      List<ByteString> hashes = List.of(first.hash(), Fields.NO_HASH, first.hash());
      for (int i = 0; i < 3; i++) {
        ballot.addVote(THREE.signed(i, THREE.vote(i, EPOCH, hashes.get(i), List.of())));
        ballot.addReveal(THREE.signedReveal(i, EPOCH));
      }

      assertThat(ballot.previous()).contains(first.hash());
      assertThat(ballot.tabulate(Optional.of(first)).map(Consensus::previous))
          .contains(first.hash());
    }
  }

  @Test
  void mostOfBreaksTiesByOrder() {
    assertThat(Tabulation.mostOf(List.of(3, 1, 2, 1, 3), Integer::compare)).isEqualTo(1);
  }
}
