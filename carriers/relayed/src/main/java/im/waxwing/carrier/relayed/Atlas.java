package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.X25519;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.ConsensusChain;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Guards;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the app knows of an onion network: its file, the consensuses it believes, what its nodes
/// say of themselves, and its own guards. Nothing gets in that does not prove itself.
///
/// One thread at a time.
final class Atlas {
  private static final int VERSION = 1;

  /// What [im.waxwing.carrier.NetworkMemory] takes.
  private static final int LARGEST_MEMORY = 1 << 20;

  private static final int LARGEST_FILE = 0xFFFF;

  private static final byte[] ANY_SCALAR = new byte[X25519.LENGTH];

  private final NetworkId network;
  private final RandomGenerator random;
  private final Map<NodeKey, NodeInfo> infos = new HashMap<>();
  private @Nullable ConsensusChain chain;
  private Guards guards = Guards.none();
  private ByteString infosHash = Frame.AskDocument.NONE;
  private Optional<Fault> fault = Optional.empty();

  Atlas(NetworkId network, RandomGenerator random) {
    this.network = network;
    this.random = random;
  }

  boolean hasFile() {
    return chain != null;
  }

  /// Takes in the network file. False: it is another network's, or none.
  boolean takeFile(ByteString document) {
    try {
      String text = new String(document.toByteArray(), StandardCharsets.US_ASCII);
      AuthoritySet set = AuthoritySet.parse(text);
      if (set.id().equals(network)) {
        chain = new ConsensusChain(set);
        return true;
      }
    } catch (MalformedException _) {
      // As good as another network's.
    }
    fault = Optional.of(Fault.WRONG_NETWORK);
    return false;
  }

  /// Where the authorities answer; none as long as the file is not known.
  List<NodeAddress> authorities() {
    return chain == null
        ? List.of()
        : chain.authorities().authorities().stream().map(Authority::address).toList();
  }

  /// Why the last consensus that was offered must not be used; empty: it is the newest known.
  Optional<Fault> fault() {
    return fault;
  }

  /// Offers a consensus. Gives the hash of the one that has to be offered before, if any.
  Optional<ByteString> offer(SignedConsensus offered, Instant now) {
    if (chain == null) {
      return Optional.empty();
    }
    if (chain.newest().isEmpty() && now.isBefore(offered.consensus().validFrom())) {
      return Optional.of(offered.consensus().previous());
    }
    return judged(chain.accept(offered, now), offered.consensus(), now);
  }

  /// Offers one though what it builds on is not to be had.
  void offerAlone(SignedConsensus offered, Instant now) {
    if (chain != null) {
      Optional<ByteString> _ = judged(chain.accept(offered, now), offered.consensus(), now);
    }
  }

  private Optional<ByteString> judged(Verdict verdict, Consensus offered, Instant now) {
    switch (verdict) {
      case Verdict.Accepted(Consensus accepted) -> {
        fault = Optional.empty();
        guards = guards.renewed(accepted, random, Day.of(now));
        infos.keySet().removeIf(node -> accepted.node(node).isEmpty());
      }
      case Verdict.Known() -> known(offered, now);
      case Verdict.Behind(ByteString missing) -> {
        return Optional.of(missing);
      }
      case Verdict.Refused(Verdict.Reason reason, _) -> fault(reason).ifPresent(this::refused);
    }
    return Optional.empty();
  }

  /// Somebody has no other consensus than the newest known.
  void heardTheSame(Instant now) {
    newest().ifPresent(known -> known(known, now));
  }

  private void known(Consensus offered, Instant now) {
    if (!now.isBefore(offered.validUntil())) {
      refused(Fault.STALE);
    } else if (!isForked()) {
      fault = Optional.empty();
    }
  }

  /// A fork is not forgotten for a lesser fault.
  private void refused(Fault reason) {
    if (!isForked()) {
      fault = Optional.of(reason);
    }
  }

  private boolean isForked() {
    return fault.equals(Optional.of(Fault.FORKED));
  }

  /// Empty: an older one, which says nothing.
  private static Optional<Fault> fault(Verdict.Reason reason) {
    return switch (reason) {
      case WRONG_NETWORK -> Optional.of(Fault.WRONG_NETWORK);
      case UNDER_SIGNED -> Optional.of(Fault.UNDER_SIGNED);
      case STALE -> Optional.of(Fault.STALE);
      case TOO_EARLY -> Optional.of(Fault.TOO_EARLY);
      case FORKED -> Optional.of(Fault.FORKED);
      case BROKEN_CHAIN -> Optional.of(Fault.BROKEN_CHAIN);
      case SUPERSEDED -> Optional.empty();
    };
  }

  /// The consensus to go by; empty: none holds, or the network is being split.
  Optional<Consensus> consensus(Instant now) {
    return chain == null || isForked() ? Optional.empty() : chain.current(now);
  }

  /// Of all that are believed, whether or not it may still be used.
  Optional<Consensus> newest() {
    return Optional.ofNullable(chain)
        .flatMap(ConsensusChain::newest)
        .map(SignedConsensus::consensus);
  }

  /// Zeros: there is none.
  ByteString newestHash() {
    return newest().map(Consensus::hash).orElse(Frame.AskDocument.NONE);
  }

  /// The own guards as the newest consensus lists them, the first to be tried in front.
  List<Entry> guards() {
    return newest().map(guards::usable).orElse(List.of());
  }

  /// The hash of the words taken in last; zeros: none were.
  ByteString infosHash() {
    return infosHash;
  }

  /// Takes in the words of many nodes. Gives those that have been started anew.
  Set<NodeKey> takeInfos(ByteString document) throws MalformedException {
    NodeInfos told = NodeInfos.decode(document);
    Set<NodeKey> anew = new HashSet<>();
    for (NodeInfo info : told.infos()) {
      if (take(info)) {
        anew.add(info.nodeKey());
      }
    }
    infosHash = hash(document);
    return anew;
  }

  /// Takes in a node's word if it is new and signed, its packet keys are some, and the node is
  /// listed. True: the node has been started anew since its last one.
  boolean take(NodeInfo info) {
    NodeInfo before = infos.get(info.nodeKey());
    boolean isNews = before == null || before.time().isBefore(info.time());
    if (!isNews
        || newest().flatMap(known -> known.node(info.nodeKey())).isEmpty()
        || !info.packetKeys().stream().allMatch(Atlas::isKey)
        || !info.isSignedBy(info.nodeKey())) {
      return false;
    }
    infos.put(info.nodeKey(), info);
    return before != null && !before.packetKeys().contains(info.packetKeys().getFirst());
  }

  /// No packet can be made for a point of low order.
  private static boolean isKey(ByteString packetKey) {
    return X25519.agree(ANY_SCALAR, packetKey.toByteArray()).isPresent();
  }

  /// The node's packet key of the epoch; empty: its word is missing, or too old.
  Optional<ByteString> packetKey(NodeKey node, long epoch) {
    NodeInfo info = infos.get(node);
    if (info == null || epoch - info.epoch() >= NodeInfo.EPOCHS) {
      return Optional.empty();
    }
    int later = (int) Math.max(0, epoch - info.epoch());
    return Optional.of(info.packetKeys().get(later));
  }

  private static ByteString hash(ByteString document) {
    try {
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(document.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// What to find again after a restart: version u8 ‖ length u16 ‖ network file ‖ length u16 ‖
  /// guards ‖ count u8 ‖ (length u32 ‖ signed consensus, the oldest first).
  ByteString encode() {
    ByteString file =
        chain == null
            ? ByteString.EMPTY
            : ByteString.copyOf(chain.authorities().format().getBytes(StandardCharsets.US_ASCII));
    FieldWriter writer = new FieldWriter(1 << 16).u8(VERSION).u16(file.size()).bytes(file);
    ByteString own = guards.encode();
    writer.u16(own.size()).bytes(own);
    Deque<ByteString> kept = remembered(LARGEST_MEMORY - (1 << 10) - file.size());
    writer.u8(kept.size());
    kept.forEach(one -> writer.u32(one.size()).bytes(one));
    return writer.toByteString();
  }

  private Deque<ByteString> remembered(int room) {
    Deque<ByteString> kept = new ArrayDeque<>();
    List<SignedConsensus> all = chain == null ? List.of() : chain.remembered();
    int left = room;
    for (SignedConsensus one : all.reversed()) {
      ByteString bytes = one.encode();
      left -= Integer.BYTES + bytes.size();
      if (left < 0) {
        break;
      }
      kept.addFirst(bytes);
    }
    return kept;
  }

  /// Takes in what [#encode] gave. What is too old by now is left out.
  void recall(ByteString memory, Instant now) throws MalformedException {
    ByteReader reader = new ByteReader(memory);
    if (reader.u8("version") != VERSION) {
      throw new MalformedException("version", "must be " + VERSION);
    }
    ByteString file = reader.bytes("network file", reader.u16("length"));
    Guards own = Guards.decode(reader.bytes("guards", reader.u16("length")));
    List<SignedConsensus> kept = new ArrayList<>();
    int count = reader.u8("count");
    for (int i = 0; i < count; i++) {
      int length = (int) Math.min(LARGEST_MEMORY, reader.u32("length"));
      kept.add(SignedConsensus.decode(reader.bytes("consensus", length)));
    }
    reader.end("memory");
    if (file.size() > 0 && file.size() <= LARGEST_FILE && takeFile(file)) {
      guards = own;
      kept.forEach(one -> offerAlone(one, now));
      fault = Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Atlas[redacted]";
  }
}
