package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.FieldWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What the authorities say about one epoch to come: their votes, reveals and signatures, each
/// checked when it arrives. An authority that says two different things counts for nothing here,
/// and is remembered with the proof.
///
/// One thread at a time.
public final class Ballot {
  private final AuthoritySet set;
  private final NetworkId network;
  private final long epoch;
  private final SortedMap<Integer, Signed<Vote>> votes = new TreeMap<>();
  private final SortedMap<Integer, Signed<Reveal>> reveals = new TreeMap<>();
  private final SortedMap<Integer, SignedHash> signatures = new TreeMap<>();
  private final SortedMap<Integer, ProofOfEquivocation> proofs = new TreeMap<>();

  /// An authority's signature of the consensus with this hash.
  public record SignedHash(Statement statement, AuthoritySignature signature) {
    public ByteString encode() {
      FieldWriter writer = new FieldWriter(4096);
      statement.write(writer);
      signature.write(writer);
      return writer.toByteString();
    }

    /// @throws MalformedException if a field breaks a rule or bytes follow; the signature is not
    ///   looked at
    public static SignedHash decode(ByteString bytes) throws MalformedException {
      ByteReader reader = new ByteReader(bytes);
      SignedHash word = new SignedHash(Statement.read(reader), AuthoritySignature.read(reader));
      reader.end("signature");
      return word;
    }
  }

  /// @param epoch the one that is voted about
  public Ballot(AuthoritySet set, long epoch) {
    this.set = set;
    this.network = set.id();
    this.epoch = epoch;
  }

  public long epoch() {
    return epoch;
  }

  /// Takes a vote in. False: it is known, of another epoch or network, or not signed as it must be.
  public boolean addVote(Signed<Vote> vote) {
    return take(votes, vote, this::isProper);
  }

  /// Takes a reveal in. False: as [#addVote].
  public boolean addReveal(Signed<Reveal> reveal) {
    return take(reveals, reveal, _ -> true);
  }

  /// Takes in a signature of the consensus, whichever it is.
  public boolean addSignature(SignedHash word) {
    int authority = word.signature().authority();
    if (word.statement().kind() != Statement.Kind.CONSENSUS
        || !isOurs(word.statement().network(), word.statement().epoch())
        || word.equals(signatures.get(authority))
        || !word.signature().holds(set, word.statement())) {
      return false;
    }
    SignedHash known = signatures.putIfAbsent(authority, word);
    return known == null
        || accuse(known.statement(), known.signature(), word.statement(), word.signature());
  }

  private <D extends AuthorityDocument> boolean take(
      SortedMap<Integer, Signed<D>> taken, Signed<D> signed, Predicate<D> proper) {
    D document = signed.document();
    Signed<D> known = taken.get(signed.authority());
    if (!isOurs(document.network(), document.epoch())
        || (known != null && known.document().equals(document))
        || !proper.test(document)
        || !signed.holds(set)) {
      return false;
    }
    if (known == null) {
      taken.put(signed.authority(), signed);
      return true;
    }
    return accuse(
        known.document().statement(), known.signature(), document.statement(), signed.signature());
  }

  private boolean isOurs(NetworkId other, long otherEpoch) {
    return other.equals(network) && otherEpoch == epoch;
  }

  private boolean isProper(Vote vote) {
    return vote.listings().stream().map(Vote.Listing::descriptor).allMatch(this::isProper);
  }

  /// Whether a descriptor may stand in a vote for this epoch.
  public boolean isProper(Descriptor descriptor) {
    return descriptor.network().equals(network)
        && descriptor.epoch() >= epoch - 2
        && descriptor.epoch() < epoch
        && descriptor.isSigned();
  }

  private boolean accuse(
      Statement one, AuthoritySignature oneSignature, Statement two, AuthoritySignature other) {
    Optional<ProofOfEquivocation> proof =
        ProofOfEquivocation.between(one, oneSignature, two, other);
    return proof.isPresent() && proofs.putIfAbsent(oneSignature.authority(), proof.get()) == null;
  }

  /// Takes in a proof that somebody else made.
  public boolean addProof(ProofOfEquivocation proof) {
    Statement statement = proof.statement();
    return isOurs(statement.network(), statement.epoch())
        && proof.holds(set)
        && proofs.putIfAbsent(proof.authority(), proof) == null;
  }

  public List<Signed<Vote>> votes() {
    return List.copyOf(votes.values());
  }

  public List<Signed<Reveal>> reveals() {
    return List.copyOf(reveals.values());
  }

  public List<SignedHash> signatures() {
    return List.copyOf(signatures.values());
  }

  /// Against authorities that said two different things.
  public List<ProofOfEquivocation> proofs() {
    return List.copyOf(proofs.values());
  }

  /// The votes that count: of authorities that revealed what they had committed to and were not
  /// two-faced.
  private SortedMap<Integer, Vote> counted() {
    SortedMap<Integer, Vote> counted = new TreeMap<>();
    for (Signed<Vote> vote : votes.values()) {
      int authority = vote.authority();
      Signed<Reveal> reveal = reveals.get(authority);
      if (!proofs.containsKey(authority)
          && reveal != null
          && reveal.document().commitment(authority).equals(vote.document().commitment())) {
        counted.put(authority, vote.document());
      }
    }
    return counted;
  }

  /// The hash of the consensus that most counted votes build on, zeros for none; empty if fewer
  /// votes count than a consensus needs.
  public Optional<ByteString> previous() {
    List<ByteString> named = counted().values().stream().map(Vote::previous).toList();
    return named.size() < set.threshold()
        ? Optional.empty()
        : Optional.of(Tabulation.mostOf(named, Comparator.naturalOrder()));
  }

  /// The consensus that these votes give; empty if too few count.
  ///
  /// @param previous the one whose hash [#previous] names; empty if that is none
  public Optional<Consensus> tabulate(Optional<Consensus> previous) {
    SortedMap<Integer, Vote> counted = counted();
    if (counted.size() < set.threshold()) {
      return Optional.empty();
    }
    SortedMap<Integer, ByteString> values = new TreeMap<>();
    for (Map.Entry<Integer, Signed<Reveal>> reveal : reveals.entrySet()) {
      if (counted.containsKey(reveal.getKey())) {
        values.put(reveal.getKey(), reveal.getValue().document().value());
      }
    }
    return Optional.of(new Tabulation(set, epoch, previous, counted, values).consensus());
  }

  /// The consensus with the signatures that have come for it; empty if they are too few.
  public Optional<SignedConsensus> signed(Consensus consensus) {
    ByteString hash = consensus.hash();
    List<AuthoritySignature> over =
        signatures.values().stream()
            .filter(word -> word.statement().hash().equals(hash))
            .map(SignedHash::signature)
            .toList();
    return over.size() < set.threshold()
        ? Optional.empty()
        : Optional.of(new SignedConsensus(consensus, over));
  }
}
