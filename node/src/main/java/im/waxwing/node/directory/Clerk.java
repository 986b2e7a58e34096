package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Ballot;
import im.waxwing.protocol.consensus.Ballot.SignedHash;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.ConsensusChain;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.ProofOfEquivocation;
import im.waxwing.protocol.consensus.Reveal;
import im.waxwing.protocol.consensus.Signed;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Verdict;
import im.waxwing.protocol.consensus.Vote;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an authority does and says: keeps descriptors, votes at half of the epoch, reveals at five
/// eighths, signs at six, and hands out what is signed by enough (consensus.md §4). What it signs
/// is in its folder before it is said.
///
/// One thread at a time.
final class Clerk implements Desk {
  private static final Logger LOG = System.getLogger(Clerk.class.getName());
  private static final ByteString NONE = Frame.AskDocument.NONE;
  private static final int MOST_PROOFS = 64;

  // consensus.md §4, in eighths of an epoch
  static final int PROBE = 2;
  static final int VOTE = 4;
  static final int REVEAL = 5;
  static final int SIGN = 6;

  private final AuthorityFolder folder;
  private final AuthoritySet set;
  private final AuthorityKey key;
  private final int self;
  private final Parameters parameters;
  private final Clock clock;
  private final ConsensusChain chain;
  private final Map<NodeKey, Descriptor> descriptors = new HashMap<>();
  private final Set<NodeKey> answering = new HashSet<>();
  private final List<ProofOfEquivocation> proofs = new ArrayList<>();
  private Ballot ballot;
  private Optional<Signed<Reveal>> ownReveal = Optional.empty();
  private Optional<Consensus> ownConsensus = Optional.empty();
  private Optional<ByteString> missing = Optional.empty();

  Clerk(AuthorityFolder folder, AuthoritySet set, int self, Parameters parameters, Clock clock) {
    this.folder = folder;
    this.set = set;
    this.key = folder.key();
    this.self = self;
    this.parameters = parameters;
    this.clock = clock;
    this.chain = new ConsensusChain(set);
    this.ballot = new Ballot(set, 0);
    recover();
  }

  // --- time -------------------------------------------------------------------------------------

  /// Does what is due now.
  void tick() {
    Instant now = clock.instant();
    turn(now);
    int eighth = eighth(now);
    if (eighth == VOTE && ownReveal.isEmpty()) {
      vote();
    }
    if (eighth >= REVEAL) {
      ownReveal.ifPresent(ballot::addReveal);
    }
    if (eighth >= SIGN && ownConsensus.isEmpty()) {
      sign();
    }
    ownConsensus.flatMap(ballot::signed).ifPresent(signed -> accept(signed, now));
  }

  private void turn(Instant now) {
    long next = set.epochAt(now) + 1;
    if (ballot.epoch() != next) {
      begin(next);
    }
  }

  /// Which eighth of its epoch it is, from 0.
  int eighth(Instant now) {
    Duration since = Duration.between(set.beginOf(set.epochAt(now)), now);
    return (int) (8 * since.toMillis() / set.epochLength().toMillis());
  }

  private void begin(long epoch) {
    ballot = new Ballot(set, epoch);
    ownReveal = Optional.empty();
    ownConsensus = Optional.empty();
    answering.clear();
    descriptors.values().removeIf(one -> one.epoch() < epoch - 2 && forget(one));
    forgetOld(epoch);
    recoverBallot(epoch);
  }

  private void vote() {
    long epoch = ballot.epoch();
    byte[] value = SecretBytes.generate(Reveal.VALUE_SIZE).exposeSecret();
    Reveal reveal = new Reveal(set.id(), epoch, ByteString.copyOf(value));
    List<Vote.Listing> listings =
        descriptors.values().stream()
            .filter(one -> answering.contains(one.key()) && ballot.isProper(one))
            .sorted(Comparator.comparing(one -> one.key().bytes()))
            .limit(Consensus.MAX_NODES)
            .map(one -> new Vote.Listing(one.weight(), one))
            .toList();
    ByteString previous = chain.newest().map(one -> one.consensus().hash()).orElse(NONE);
    Vote vote = new Vote(set.id(), epoch, previous, reveal.commitment(self), parameters, listings);
    Signed<Vote> signedVote = Signed.by(key, self, vote);
    Signed<Reveal> signedReveal = Signed.by(key, self, reveal);
    folder.keep("reveal-" + epoch, signedReveal.encode());
    folder.keep("vote-" + epoch, signedVote.encode());
    ownReveal = Optional.of(signedReveal);
    ballot.addVote(signedVote);
  }

  private void sign() {
    Optional<ByteString> hash = ballot.previous();
    if (hash.isEmpty()) {
      return;
    }
    Optional<Consensus> previous = chain.byHash(hash.get()).map(SignedConsensus::consensus);
    if (previous.isEmpty() && !hash.get().equals(NONE)) {
      return;
    }
    Optional<Consensus> tabulated = ballot.tabulate(previous);
    if (tabulated.isPresent()) {
      Consensus consensus = tabulated.get();
      SignedHash word =
          new SignedHash(consensus.statement(), key.sign(self, consensus.statement()));
      folder.keep("draft-" + ballot.epoch(), new SignedConsensus(consensus, List.of()).encode());
      folder.keep("signature-" + ballot.epoch(), word.encode());
      ownConsensus = tabulated;
      ballot.addSignature(word);
    }
  }

  private void accept(SignedConsensus signed, Instant now) {
    missing = Optional.empty();
    switch (chain.accept(signed, now)) {
      case Verdict.Accepted(Consensus consensus) ->
          folder.keep("consensus-" + consensus.epoch(), signed.encode());
      case Verdict.Behind(ByteString before) -> missing = Optional.of(before);
      case Verdict.Refused refused -> refused.proofs().forEach(this::remember);
      case Verdict.Known() -> {}
    }
  }

  // --- what others say --------------------------------------------------------------------------

  @Override
  public boolean take(DocumentKind kind, ByteString document) {
    try {
      return switch (kind) {
        case DESCRIPTOR -> takeDescriptor(Descriptor.decode(document));
        case PROOF -> takeProof(ProofOfEquivocation.decode(document));
        case CONSENSUS, VOTE, REVEAL, SIGNATURE, NODE_INFOS, NETWORK -> false;
      };
    } catch (MalformedException _) {
      return false;
    }
  }

  private boolean takeDescriptor(Descriptor descriptor) {
    // Nodes come as soon as the epoch begins, perhaps before the next tick.
    turn(clock.instant());
    Descriptor known = descriptors.get(descriptor.key());
    if (known == null && descriptors.size() >= Consensus.MAX_NODES) {
      return false;
    }
    if (!ballot.isProper(descriptor) || (known != null && known.epoch() > descriptor.epoch())) {
      return false;
    }
    if (!descriptor.equals(known)) {
      folder.keep(file(descriptor), descriptor.encode());
      descriptors.put(descriptor.key(), descriptor);
      answering.remove(descriptor.key());
    }
    return true;
  }

  private boolean takeProof(ProofOfEquivocation proof) {
    boolean isNew = proofs.stream().noneMatch(one -> isOfSame(one, proof)) && proof.holds(set);
    if (isNew) {
      remember(proof);
    }
    return isNew;
  }

  private static boolean isOfSame(ProofOfEquivocation one, ProofOfEquivocation two) {
    return one.authority() == two.authority() && one.statement().epoch() == two.statement().epoch();
  }

  private void remember(ProofOfEquivocation proof) {
    ballot.addProof(proof);
    if (proofs.size() < MOST_PROOFS && proofs.stream().noneMatch(one -> isOfSame(one, proof))) {
      proofs.add(proof);
      folder.keep("proof-" + proof.statement().epoch() + "-" + proof.authority(), proof.encode());
      LOG.log(
          Level.WARNING,
          "authority number {0} signed two different documents; see waxwing directory show",
          proof.authority() + 1);
    }
  }

  /// Takes in what another authority answered to one of [#questions].
  void heard(Question question, ByteString document) {
    try {
      switch (question.kind()) {
        case VOTE -> takeVote(Vote.decode(document));
        case REVEAL -> ballot.addReveal(Reveal.decode(document));
        case SIGNATURE -> ballot.addSignature(SignedHash.decode(document));
        case PROOF -> takeProof(ProofOfEquivocation.decode(document));
        case CONSENSUS -> accept(SignedConsensus.decode(document), clock.instant());
        case DESCRIPTOR, NODE_INFOS, NETWORK -> {}
      }
      ballot.proofs().forEach(this::remember);
    } catch (MalformedException _) {
      // Another authority talks nonsense: as if it had said nothing.
    }
  }

  /// A vote that comes late may have been made in the knowledge of the others' random values.
  private void takeVote(Signed<Vote> vote) {
    if (eighth(clock.instant()) < SIGN) {
      ballot.addVote(vote);
    }
  }

  // --- what it asks -----------------------------------------------------------------------------

  /// What to ask another authority for.
  record Question(DocumentKind kind, long epoch, ByteString name, ByteString known) {}

  /// What to ask every other authority for now; `known` tells it what is here.
  List<Question> questions() {
    int eighth = eighth(clock.instant());
    List<Question> questions = new ArrayList<>();
    questions.add(
        new Question(
            DocumentKind.CONSENSUS,
            0,
            NONE,
            chain.newest().map(one -> one.consensus().hash()).orElse(NONE)));
    missing
        .or(ballot::previous)
        .filter(hash -> !hash.equals(NONE) && chain.byHash(hash).isEmpty())
        .ifPresent(hash -> questions.add(new Question(DocumentKind.CONSENSUS, 0, hash, NONE)));
    for (int authority = 0; authority < set.authorities().size(); authority++) {
      if (eighth >= VOTE && eighth < SIGN) {
        questions.add(question(DocumentKind.VOTE, authority));
      }
      if (eighth >= REVEAL) {
        questions.add(question(DocumentKind.REVEAL, authority));
        questions.add(question(DocumentKind.PROOF, authority));
      }
      if (eighth >= SIGN) {
        questions.add(question(DocumentKind.SIGNATURE, authority));
      }
    }
    return questions;
  }

  private Question question(DocumentKind kind, int authority) {
    ByteString known = document(kind, authority).map(Documents::hash).orElse(NONE);
    return new Question(kind, ballot.epoch(), nameOf(authority), known);
  }

  private ByteString nameOf(int authority) {
    return set.authorities().get(authority).address().key().bytes();
  }

  /// Descriptors whose nodes are to be tried now, to see that they answer.
  List<Descriptor> toProbe() {
    return eighth(clock.instant()) < PROBE
        ? List.of()
        : descriptors.values().stream()
            .filter(one -> !answering.contains(one.key()) && ballot.isProper(one))
            .toList();
  }

  void answered(Descriptor node) {
    if (node.equals(descriptors.get(node.key()))) {
      answering.add(node.key());
    }
  }

  /// How many nodes have answered in this epoch.
  int answering() {
    return answering.size();
  }

  // --- what it answers --------------------------------------------------------------------------

  @Override
  public Optional<ByteString> answer(Frame.AskDocument ask) {
    Optional<ByteString> document =
        switch (ask.kind()) {
          case CONSENSUS -> consensus(ask);
          case VOTE, REVEAL, SIGNATURE ->
              ask.epoch() == ballot.epoch() ? of(ask.kind(), ask.name()) : Optional.empty();
          case PROOF -> of(ask.kind(), ask.name());
          case NETWORK -> network(ask);
          case DESCRIPTOR, NODE_INFOS -> Optional.empty();
        };
    return document.map(one -> isKnown(ask, one) ? ByteString.EMPTY : one);
  }

  private boolean isKnown(Frame.AskDocument ask, ByteString document) {
    if (ask.kind() == DocumentKind.CONSENSUS) {
      return chain.newest().filter(one -> one.consensus().hash().equals(ask.known())).isPresent();
    }
    return Documents.hash(document).equals(ask.known());
  }

  private Optional<ByteString> consensus(Frame.AskDocument ask) {
    Optional<SignedConsensus> found =
        ask.name().equals(NONE) ? chain.newest() : chain.byHash(ask.name());
    return found.map(SignedConsensus::encode);
  }

  private Optional<ByteString> network(Frame.AskDocument ask) {
    return ask.name().equals(set.id().bytes())
        ? Optional.of(ByteString.copyOf(set.format().getBytes(StandardCharsets.US_ASCII)))
        : Optional.empty();
  }

  private Optional<ByteString> of(DocumentKind kind, ByteString name) {
    return name.size() == NodeKey.SIZE && set.indexOf(new NodeKey(name)).isPresent()
        ? document(kind, set.indexOf(new NodeKey(name)).getAsInt())
        : Optional.empty();
  }

  /// What is here of an authority's word on this ballot.
  private Optional<ByteString> document(DocumentKind kind, int authority) {
    return switch (kind) {
      case VOTE ->
          ballot.votes().stream()
              .filter(one -> one.authority() == authority)
              .findFirst()
              .map(Signed::encode);
      case REVEAL ->
          ballot.reveals().stream()
              .filter(one -> one.authority() == authority)
              .findFirst()
              .map(Signed::encode);
      case SIGNATURE ->
          ballot.signatures().stream()
              .filter(one -> one.signature().authority() == authority)
              .findFirst()
              .map(SignedHash::encode);
      case PROOF ->
          proofs.reversed().stream()
              .filter(one -> one.authority() == authority)
              .findFirst()
              .map(ProofOfEquivocation::encode);
      case CONSENSUS, DESCRIPTOR, NODE_INFOS, NETWORK -> Optional.empty();
    };
  }

  ConsensusChain chain() {
    return chain;
  }

  Ballot ballot() {
    return ballot;
  }

  List<ProofOfEquivocation> proofs() {
    return List.copyOf(proofs);
  }

  // --- after a restart --------------------------------------------------------------------------

  private void recover() {
    Instant now = clock.instant();
    folder.names("consensus-").stream()
        .sorted(Comparator.comparingLong(Documents::epochOf))
        .forEach(name -> read(name, SignedConsensus::decode).ifPresent(one -> recover(one, now)));
    folder
        .names("descriptor-")
        .forEach(
            name ->
                read(name, Descriptor::decode).ifPresent(one -> descriptors.put(one.key(), one)));
    folder
        .names("proof-")
        .forEach(name -> read(name, ProofOfEquivocation::decode).ifPresent(proofs::add));
  }

  /// What was accepted once is built upon, also if it is stale by now.
  private void recover(SignedConsensus signed, Instant now) {
    Instant then = signed.consensus().validFrom();
    Verdict _ = chain.accept(signed, then.isBefore(now) ? then : now);
  }

  private void recoverBallot(long epoch) {
    read("vote-" + epoch, Vote::decode).ifPresent(ballot::addVote);
    ownReveal = read("reveal-" + epoch, Reveal::decode);
    ownConsensus = read("draft-" + epoch, SignedConsensus::decode).map(SignedConsensus::consensus);
    read("signature-" + epoch, SignedHash::decode).ifPresent(ballot::addSignature);
    proofs.forEach(ballot::addProof);
  }

  private interface Decoder<T> {
    T decode(ByteString bytes) throws MalformedException;
  }

  private <T> Optional<T> read(String name, Decoder<T> decoder) {
    Optional<ByteString> bytes = folder.read(name);
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(decoder.decode(bytes.get()));
    } catch (MalformedException e) {
      throw new IllegalStateException("the file " + name + " of the data folder is damaged", e);
    }
  }

  private void forgetOld(long epoch) {
    for (String kind : List.of("vote-", "reveal-", "draft-", "signature-", "consensus-")) {
      for (String name : folder.names(kind)) {
        if (Documents.epochOf(name) < epoch - Documents.EPOCHS_KEPT && !isNewest(name)) {
          folder.forget(name);
        }
      }
    }
  }

  private boolean isNewest(String name) {
    return chain
        .newest()
        .filter(one -> name.equals("consensus-" + one.consensus().epoch()))
        .isPresent();
  }

  private boolean forget(Descriptor descriptor) {
    folder.forget(file(descriptor));
    return true;
  }

  private static String file(Descriptor descriptor) {
    return "descriptor-" + descriptor.key().bytes().hex();
  }
}
