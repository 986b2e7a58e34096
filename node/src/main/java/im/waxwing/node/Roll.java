package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The newest word of each node that the consensus lists (consensus.md §10.2). A word is news when
/// it names other packet keys than the one before: the same keys, said again, tell nobody anything.
///
/// Safe for many threads.
final class Roll {
  // consensus.md §10.2
  private static final Duration OLDEST = Duration.ofHours(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_CHANGES_A_MINUTE = 8;

  /// The document, and how askers name it.
  record Document(ByteString bytes, ByteString hash) {}

  private record Changes(Instant since, int count) {}

  private final Clock clock;
  private final TreeMap<NodeKey, NodeInfo> infos =
      new TreeMap<>(Comparator.comparing(NodeKey::bytes));
  private final Map<NodeKey, Changes> changes = new HashMap<>();
  private Set<NodeKey> listed = Set.of();
  private Optional<Document> document = Optional.empty();

  Roll(Clock clock) {
    this.clock = clock;
  }

  /// From now on these are the network's nodes; what others said is forgotten.
  synchronized void list(Set<NodeKey> nodes) {
    listed = Set.copyOf(nodes);
    changes.keySet().retainAll(listed);
    if (infos.keySet().retainAll(listed)) {
      document = Optional.empty();
    }
  }

  synchronized Set<NodeKey> listed() {
    return listed;
  }

  /// Takes a word in. True: it is of a listed node, signed by it, and news.
  boolean offer(NodeInfo info) {
    // Most of what comes is known, and a signature takes longer to check than to look that up.
    return isNew(info) && info.isSignedBy(info.nodeKey()) && take(info);
  }

  private synchronized boolean isNew(NodeInfo info) {
    Duration age = Duration.between(info.time(), clock.instant()).abs();
    NodeInfo known = infos.get(info.nodeKey());
    return listed.contains(info.nodeKey())
        && age.compareTo(OLDEST) <= 0
        && (known == null || (info.time().isAfter(known.time()) && !saysTheSame(info, known)));
  }

  private static boolean saysTheSame(NodeInfo one, NodeInfo other) {
    return one.epoch() == other.epoch() && one.packetKeys().equals(other.packetKeys());
  }

  private synchronized boolean take(NodeInfo info) {
    if (!isNew(info) || !mayChange(info.nodeKey())) {
      return false;
    }
    infos.put(info.nodeKey(), info);
    document = Optional.empty();
    return true;
  }

  /// So that a node that names new keys all the time does not keep the whole network busy.
  private boolean mayChange(NodeKey node) {
    Instant now = clock.instant();
    Changes before = changes.getOrDefault(node, new Changes(now, 0));
    boolean isOver = Duration.between(before.since(), now).compareTo(MINUTE) >= 0;
    Changes after = isOver ? new Changes(now, 1) : new Changes(before.since(), before.count() + 1);
    changes.put(node, after);
    return after.count() <= MOST_CHANGES_A_MINUTE;
  }

  synchronized List<NodeInfo> infos() {
    return List.copyOf(infos.values());
  }

  synchronized Optional<NodeInfo> of(NodeKey node) {
    return Optional.ofNullable(infos.get(node));
  }

  /// All of it, as it is handed out.
  synchronized Document document() {
    if (document.isEmpty()) {
      ByteString bytes = new NodeInfos(List.copyOf(infos.values())).encode();
      document = Optional.of(new Document(bytes, hash(bytes)));
    }
    return document.get();
  }

  /// SHA-256.
  static ByteString hash(ByteString document) {
    try {
      byte[] bytes = document.toByteArray();
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
