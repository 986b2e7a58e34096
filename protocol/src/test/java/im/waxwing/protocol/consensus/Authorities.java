package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.consensus.Ballot.SignedHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The authorities of a network and their keys, in the order of the set, and nodes that register.
final class Authorities {
  static final Duration EPOCH = Duration.ofHours(1);
  static final long NOW = 498_852;

  final AuthoritySet set;
  final List<AuthorityKey> keys;

  private Authorities(AuthoritySet set, List<AuthorityKey> keys) {
    this.set = set;
    this.keys = keys;
  }

  static Authorities of(int count, long seed) {
    List<AuthorityKey> keys = new ArrayList<>();
    List<Authority> authorities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AuthorityKey key = AuthorityKey.generate(new SeededRandom(seed + i));
      NodeAddress address = new NodeAddress("authority" + i + ".example", 7400 + i, key.nodeKey());
      keys.add(key);
      authorities.add(new Authority(address, key.latticeKey()));
    }
    keys.sort(Comparator.comparing(key -> key.nodeKey().bytes()));
    return new Authorities(new AuthoritySet(EPOCH, authorities), keys);
  }

  /// Node `number` at an address of its own /16, alone in its family.
  Descriptor node(int number, long epoch) {
    return node(number, epoch, word -> word);
  }

  Descriptor node(int number, long epoch, UnaryOperator<Descriptor.Word> change) {
    Descriptor.Word word =
        new Descriptor.Word(
            "10." + number % 250 + "." + number / 250 + ".1",
            7443,
            Set.of(Role.RELAY, Role.STORAGE),
            10,
            seed(10_000 + number),
            "operator" + number);
    return Descriptor.sign(seed(number), set.id(), epoch, change.apply(word));
  }

  static SecretBytes seed(int number) {
    byte[] seed = new byte[32];
    new SeededRandom(number).nextBytes(seed);
    return SecretBytes.copyOf(seed);
  }

  List<Vote.Listing> listings(int nodes, long epoch) {
    List<Vote.Listing> listings = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      listings.add(new Vote.Listing(10, node(i, epoch - 1)));
    }
    return Vote.ordered(listings);
  }

  Reveal reveal(int authority, long epoch) {
    byte[] value = new byte[Reveal.VALUE_SIZE];
    new SeededRandom(epoch * 31 + authority).nextBytes(value);
    return new Reveal(set.id(), epoch, ByteString.copyOf(value));
  }

  Vote vote(int authority, long epoch, ByteString previous, List<Vote.Listing> listings) {
    return new Vote(
        set.id(),
        epoch,
        previous,
        reveal(authority, epoch).commitment(authority),
        Parameters.STANDARD,
        listings);
  }

  Signed<Vote> signed(int authority, Vote vote) {
    return Signed.by(keys.get(authority), authority, vote);
  }

  Signed<Reveal> signedReveal(int authority, long epoch) {
    return Signed.by(keys.get(authority), authority, reveal(authority, epoch));
  }

  /// What all authorities agree on, with the signatures of all.
  SignedConsensus next(Optional<Consensus> previous, long epoch, List<Vote.Listing> listings) {
    Ballot ballot = new Ballot(set, epoch);
    ByteString hash = previous.map(Consensus::hash).orElse(Fields.NO_HASH);
    for (int i = 0; i < keys.size(); i++) {
      ballot.addVote(signed(i, vote(i, epoch, hash, listings)));
      ballot.addReveal(signedReveal(i, epoch));
    }
    Consensus consensus = ballot.tabulate(previous).orElseThrow();
    return signedBy(consensus, List.copyOf(range(keys.size())));
  }

  SignedConsensus signedBy(Consensus consensus, List<Integer> signers) {
    return new SignedConsensus(
        consensus, signers.stream().map(i -> keys.get(i).sign(i, consensus.statement())).toList());
  }

  SignedHash word(int authority, Consensus consensus) {
    Statement statement = consensus.statement();
    return new SignedHash(statement, keys.get(authority).sign(authority, statement));
  }

  static List<Integer> range(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
