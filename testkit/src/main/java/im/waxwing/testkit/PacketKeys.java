package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.ReplayTags;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// A running node's packet keys, one an epoch, made when first asked for and gone with its memory.
final class PacketKeys {
  static final Duration EPOCH = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int MOST_TAGS = 1 << 20;
  private static final ByteString BUILD = ByteString.copyOf(new byte[NodeInfo.HASH_SIZE]);

  private final InstantSource clock;
  private final PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);
  private final ReplayTags seen = new ReplayTags(MOST_TAGS);
  private final TreeMap<Long, PacketKey> keys = new TreeMap<>();

  PacketKeys(InstantSource clock) {
    this.clock = clock;
  }

  /// What the node says of itself just now.
  NodeInfo info(SecretBytes nodeSeed, ByteString linkKeyHash) {
    Instant now = clock.instant();
    long epoch = epoch(now);
    List<ByteString> published =
        LongStream.range(epoch, epoch + NodeInfo.EPOCHS)
            .mapToObj(number -> key(number).publicKey())
            .toList();
    return NodeInfo.sign(nodeSeed, linkKeyHash, now, epoch, published, BUILD);
  }

  /// Takes a layer off a packet with the key of this epoch, or of the last in its grace.
  ///
  /// @throws MalformedException if no key fits, or the packet came before
  Unwrapped unwrap(ByteString packet) throws MalformedException {
    Instant now = clock.instant();
    long epoch = epoch(now);
    try {
      return unwrap(key(epoch), packet);
    } catch (MalformedException e) {
      long before = epoch(now.minus(GRACE));
      if (before == epoch || !keys.containsKey(before)) {
        throw e;
      }
      return unwrap(key(before), packet);
    }
  }

  private Unwrapped unwrap(PacketKey key, ByteString packet) throws MalformedException {
    Unwrapped unwrapped = unwrapper.unwrap(key, packet.toByteArray());
    if (seen.add(unwrapped.replayTag()) != ReplayTags.Outcome.NEW) {
      throw new MalformedException("packet", "came before");
    }
    return unwrapped;
  }

  private PacketKey key(long epoch) {
    return keys.computeIfAbsent(epoch, _ -> PacketKey.generate());
  }

  /// A node with the packet key that is its present one by what it said of itself; empty: the keys
  /// it told are used up.
  static Optional<Hop> hop(NodeInfo info, Instant heardAt, Instant now) {
    Instant nodeTime = info.time().plus(Duration.between(heardAt, now));
    long later = epoch(nodeTime) - info.epoch();
    return later < 0 || later >= NodeInfo.EPOCHS
        ? Optional.empty()
        : Optional.of(Hop.of(info.nodeKey(), info.packetKeys().get((int) later)));
  }

  static long epoch(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), EPOCH.toSeconds());
  }
}
