package im.waxwing.protocol.consensus;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.protocol.consensus.Ballot.SignedHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes `spec/vectors/consensus.json` from a seed; the same bytes every time (consensus.md §13).
///
/// Two epochs of three authorities, the second one a day later by date: nodes come and go, votes
/// differ in nodes, weights and parameters, one authority of the second epoch is two-faced.
final class ConsensusVectors {
  /// The last hour of a day.
  private static final long FIRST = 498_863;

  private static final long SECOND = FIRST + 1;
  private static final int NODES = 14;

  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final Authorities who = Authorities.of(3, 100);

  String generate() throws Exception {
    ObjectNode root = json.createObjectNode();
    root.put("specification", "consensus.md");
    root.put("network_file", who.set.format());
    put(root, "network_id", who.set.id().bytes());
    addDescriptors(root);
    SignedConsensus first = addRound(root, "first_epoch", Optional.empty(), firstVotes());
    SignedConsensus second =
        addRound(root, "second_epoch", Optional.of(first.consensus()), secondVotes(first));
    addPlacement(root.putArray("placement"), second.consensus());
    addProofs(root, first.consensus());
    addChain(root, first, second);
    addMalformed(root.putObject("malformed"), first);
    return json.writeValueAsString(root) + "\n";
  }

  // --- descriptors -----------------------------------------------------------------------------

  private Descriptor descriptor(int number, long epoch) {
    return who.node(number, epoch, word -> special(number, word));
  }

  /// Two of one operator, two of one subnet, one that only stores, two that only relay.
  private static Descriptor.Word special(int number, Descriptor.Word word) {
    return switch (number) {
      case 1 -> word(word, word.host(), word.roles(), Authorities.seed(10_000), "operator0");
      case 2 -> word(word, "10.3.77.1", word.roles(), word.operatorSeed(), word.name());
      case 4 -> word(word, word.host(), Set.of(Role.STORAGE), word.operatorSeed(), "");
      case 5, 6 -> word(word, word.host(), Set.of(Role.RELAY), word.operatorSeed(), word.name());
      case 7 -> word(word, "[2001:db8::7]", word.roles(), word.operatorSeed(), "seven.example-org");
      case 8 -> word(word, "node.example", word.roles(), word.operatorSeed(), word.name());
      default -> word;
    };
  }

  private static Descriptor.Word word(
      Descriptor.Word word, String host, Set<Role> roles, SecretBytes operator, String name) {
    return new Descriptor.Word(host, word.port(), roles, word.weight(), operator, name);
  }

  private void addDescriptors(ObjectNode root) {
    ArrayNode array = root.putArray("descriptors");
    for (int i = 0; i < 2; i++) {
      ObjectNode one = array.addObject();
      put(one, "node_seed", ByteString.copyOf(Authorities.seed(i).exposeSecret()));
      put(one, "operator_seed", ByteString.copyOf(Authorities.seed(10_000).exposeSecret()));
      put(one, "descriptor", descriptor(i, FIRST - 1).encode());
    }
    Descriptor good = descriptor(0, FIRST - 1);
    Descriptor other = descriptor(3, FIRST - 1);
    ObjectNode refused = root.putObject("refused_descriptors");
    put(refused, "of_this_epoch", descriptor(0, FIRST).encode());
    put(refused, "too_old", descriptor(0, FIRST - 3).encode());
    put(
        refused,
        "of_another_network",
        Authorities.of(3, 500).node(0, FIRST - 1, word -> special(0, word)).encode());
    put(refused, "weight_changed", changed(good, 1_000, good.operator(), good).encode());
    put(
        refused,
        "family_without_its_key",
        changed(good, good.weight(), other.operator(), good).encode());
    put(
        refused,
        "family_with_anothers_signature",
        changed(good, good.weight(), other.operator(), other).encode());
  }

  private static Descriptor changed(
      Descriptor good, int weight, Operator operator, Descriptor membership) {
    return new Descriptor(
        good.network(),
        good.epoch(),
        good.address(),
        good.roles(),
        weight,
        operator,
        membership.operatorSignature(),
        good.signature());
  }

  // --- votes -----------------------------------------------------------------------------------

  /// Who builds on nothing: node 9 by one vote only, node 3 by two, with another descriptor each,
  /// weights apart, two of three for mixed mode.
  private List<Vote> firstVotes() {
    List<Vote> votes = new ArrayList<>();
    for (int authority = 0; authority < 3; authority++) {
      List<Vote.Listing> listings = new ArrayList<>();
      for (int i = 0; i < NODES - 2; i++) {
        if ((i != 9 || authority == 0) && (i != 3 || authority < 2)) {
          long signed = i == 3 && authority == 1 ? FIRST - 2 : FIRST - 1;
          listings.add(new Vote.Listing(1 + (i * 7 + authority * 11) % 40, descriptor(i, signed)));
        }
      }
      Parameters parameters =
          authority == 1 ? Parameters.STANDARD : Parameters.STANDARD.with(Parameters.Mode.MIXED);
      votes.add(vote(authority, FIRST, Fields.NO_HASH, parameters, listings));
    }
    return votes;
  }

  /// Nodes 0 and 10 are gone, 12 and 13 are new; three wishes for parameters, one vote each.
  private List<Vote> secondVotes(SignedConsensus first) {
    List<Parameters> wishes =
        List.of(
            Parameters.STANDARD.with(Set.of(Parameters.Rule.OPERATOR)),
            Parameters.STANDARD.with(Parameters.Mode.MIXED),
            Parameters.STANDARD);
    List<Vote> votes = new ArrayList<>();
    for (int authority = 0; authority < 3; authority++) {
      List<Vote.Listing> listings = new ArrayList<>();
      for (int i = 1; i < NODES; i++) {
        if (i != 10) {
          listings.add(new Vote.Listing(20 + authority, descriptor(i, SECOND - 1)));
        }
      }
      votes.add(vote(authority, SECOND, first.consensus().hash(), wishes.get(authority), listings));
    }
    return votes;
  }

  private Vote vote(
      int authority,
      long epoch,
      ByteString previous,
      Parameters parameters,
      List<Vote.Listing> listings) {
    return new Vote(
        who.set.id(),
        epoch,
        previous,
        who.reveal(authority, epoch).commitment(authority),
        parameters,
        Vote.ordered(listings));
  }

  private SignedConsensus addRound(
      ObjectNode root, String name, Optional<Consensus> previous, List<Vote> votes) {
    Ballot ballot = new Ballot(who.set, votes.getFirst().epoch());
    ObjectNode round = root.putObject(name);
    round.put("epoch", ballot.epoch());
    ArrayNode said = round.putArray("votes");
    ArrayNode revealed = round.putArray("reveals");
    for (int i = 0; i < votes.size(); i++) {
      Signed<Vote> vote = who.signed(i, votes.get(i));
      Signed<Reveal> reveal = who.signedReveal(i, ballot.epoch());
      ballot.addVote(vote);
      ballot.addReveal(reveal);
      said.add(vote.encode().hex());
      revealed.add(reveal.encode().hex());
    }
    Consensus consensus = ballot.tabulate(previous).orElseThrow();
    put(round, "shared_random", consensus.sharedRandom());
    put(round, "consensus", consensus.encode());
    put(round, "hash", consensus.hash());
    ArrayNode signatures = round.putArray("signatures");
    for (int i = 0; i < 3; i++) {
      SignedHash word = who.word(i, consensus);
      ballot.addSignature(word);
      signatures.add(word.encode().hex());
    }
    return ballot.signed(consensus).orElseThrow();
  }

  // --- what follows ----------------------------------------------------------------------------

  private static void addPlacement(ArrayNode array, Consensus consensus) {
    Day today = Day.of(consensus.validFrom());
    for (int i = 0; i < 6; i++) {
      ByteString name = ByteString.copyOf(Authorities.seed(50_000 + i / 2).exposeSecret());
      Day day = today.plus(i % 2 == 0 ? -i : Consensus.DAYS_AHEAD - i / 2);
      ObjectNode one = array.addObject();
      put(one, "name", name);
      one.put("day", day.number());
      ArrayNode swarm = one.putArray("swarm");
      Placement.swarm(consensus, name, day).forEach(node -> swarm.add(node.key().bytes().hex()));
    }
  }

  /// Authority 1 has shown some a vote with nodes and others one without.
  private void addProofs(ObjectNode root, Consensus previous) {
    Vote one = vote(1, SECOND, previous.hash(), Parameters.STANDARD, List.of());
    Vote two = vote(1, SECOND, Fields.NO_HASH, Parameters.STANDARD, List.of());
    AuthoritySignature ofOne = who.keys.get(1).sign(1, one.statement());
    AuthoritySignature ofTwo = who.keys.get(1).sign(1, two.statement());
    AuthoritySignature mallorys = who.keys.get(2).sign(1, two.statement());
    AuthoritySignature halfMallorys =
        new AuthoritySignature(1, ofTwo.classical(), mallorys.lattice());
    put(root, "two_faced_vote", new Signed<>(one, ofOne).encode());
    put(root, "two_faced_other_vote", new Signed<>(two, ofTwo).encode());
    put(root, "proof", proof(one, ofOne, two, ofTwo));
    ObjectNode none = root.putObject("no_proof");
    put(none, "signed_by_another", proof(one, ofOne, two, mallorys));
    put(none, "half_signed_by_another", proof(one, ofOne, two, halfMallorys));
    put(none, "of_another_network", proofElsewhere());
  }

  private static ByteString proof(
      Vote one, AuthoritySignature ofOne, Vote two, AuthoritySignature ofTwo) {
    return ProofOfEquivocation.between(one.statement(), ofOne, two.statement(), ofTwo)
        .orElseThrow()
        .encode();
  }

  private static ByteString proofElsewhere() {
    Authorities others = Authorities.of(3, 500);
    Vote one = others.vote(1, SECOND, Fields.NO_HASH, List.of());
    Vote two = others.vote(1, SECOND, others.set.id().bytes(), List.of());
    return proof(
        one,
        others.keys.get(1).sign(1, one.statement()),
        two,
        others.keys.get(1).sign(1, two.statement()));
  }

  /// What a verifier says to a consensus, after it has taken others in.
  private void addChain(ObjectNode root, SignedConsensus first, SignedConsensus second) {
    SignedConsensus fork =
        who.next(Optional.of(first.consensus()), SECOND, who.listings(2, SECOND));
    SignedConsensus onFork = who.next(Optional.of(fork.consensus()), SECOND + 1, List.of());
    SignedConsensus third = who.next(Optional.of(second.consensus()), SECOND + 1, List.of());
    SignedConsensus elsewhere = Authorities.of(3, 500).next(Optional.empty(), FIRST, List.of());
    ObjectNode documents = root.putObject("chain_documents");
    put(documents, "first", first.encode());
    put(documents, "second", second.encode());
    put(documents, "third", third.encode());
    put(documents, "fork", fork.encode());
    put(documents, "on_fork", onFork.encode());
    put(documents, "elsewhere", elsewhere.encode());
    put(documents, "one_signature", who.signedBy(first.consensus(), List.of(1)).encode());
    put(documents, "half_signatures", halved(first, second).encode());
    ArrayNode array = root.putArray("chain");
    Instant now = first.consensus().validFrom().plus(Duration.ofMinutes(10));
    Instant later = now.plus(Authorities.EPOCH);
    Instant end = first.consensus().validUntil();
    addVerdict(array, "ACCEPTED", "first", now);
    addVerdict(array, "ACCEPTED", "first", end.minusMillis(1));
    addVerdict(array, "STALE", "first", end);
    addVerdict(array, "TOO_EARLY", "third", now);
    addVerdict(array, "UNDER_SIGNED", "one_signature", now);
    addVerdict(array, "UNDER_SIGNED", "half_signatures", now);
    addVerdict(array, "WRONG_NETWORK", "elsewhere", now);
    addVerdict(array, "KNOWN", "first", now, "first");
    addVerdict(array, "ACCEPTED", "second", now, "first");
    addVerdict(array, "SUPERSEDED", "first", later, "second");
    addVerdict(array, "FORKED", "fork", later, "first", "second");
    addVerdict(array, "BROKEN_CHAIN", "on_fork", later, "first", "second");
    addVerdict(array, "BEHIND", "third", later, "first");
  }

  /// Of each signature but the first, one half is of another document.
  private static SignedConsensus halved(SignedConsensus good, SignedConsensus other) {
    AuthoritySignature strange = other.signatures().getFirst();
    AuthoritySignature one = good.signatures().get(1);
    AuthoritySignature two = good.signatures().get(2);
    return new SignedConsensus(
        good.consensus(),
        List.of(
            good.signatures().getFirst(),
            new AuthoritySignature(1, one.classical(), strange.lattice()),
            new AuthoritySignature(2, strange.classical(), two.lattice())));
  }

  private static void addVerdict(
      ArrayNode array, String verdict, String offered, Instant now, String... known) {
    ObjectNode one = array.addObject();
    ArrayNode before = one.putArray("known");
    List.of(known).forEach(before::add);
    one.put("offered", offered).put("now_in_ms", now.toEpochMilli()).put("verdict", verdict);
  }

  private static void addMalformed(ObjectNode node, SignedConsensus signed) {
    ByteString good = signed.encode();
    put(node, "consensus_cut_short", good.slice(0, good.size() - 1));
    put(node, "consensus_too_long", good.plus(ByteString.copyOf(new byte[1])));
    put(node, "consensus_of_version_2", ByteString.copyOf(new byte[] {2}).plus(good.slice(1, 80)));
    AuthoritySignature one = signed.signatures().getFirst();
    ByteString document = signed.consensus().encode();
    SignedConsensus alone = new SignedConsensus(signed.consensus(), List.of(one));
    ByteString signature = alone.encode().slice(document.size() + 1, alone.encode().size());
    put(
        node,
        "an_authority_twice",
        document.plus(ByteString.copyOf(new byte[] {2})).plus(signature).plus(signature));
  }

  private static void put(ObjectNode node, String name, ByteString bytes) {
    node.put(name, bytes.hex());
  }
}
