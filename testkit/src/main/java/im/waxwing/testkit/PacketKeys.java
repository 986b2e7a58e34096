package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.ReplayTags;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

  /// Takes the one layer off a packet with the key of this epoch, or of the last in its grace.
  byte[] open(ByteString packet) throws MalformedException {
    Instant now = clock.instant();
    long epoch = epoch(now);
    try {
      return open(key(epoch), packet);
    } catch (MalformedException e) {
      long before = epoch(now.minus(GRACE));
      if (before == epoch || !keys.containsKey(before)) {
        throw e;
      }
      return open(key(before), packet);
    }
  }

  private byte[] open(PacketKey key, ByteString packet) throws MalformedException {
    Unwrapped unwrapped = unwrapper.unwrap(key, packet.toByteArray());
    if (!(unwrapped instanceof Unwrapped.Deliver deliver)) {
      throw new MalformedException("packet", "must end here");
    }
    if (seen.add(deliver.replayTag()) != ReplayTags.Outcome.NEW) {
      throw new MalformedException("packet", "came before");
    }
    return deliver.payload().toByteArray();
  }

  private PacketKey key(long epoch) {
    return keys.computeIfAbsent(epoch, _ -> PacketKey.generate());
  }

  static long epoch(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), EPOCH.toSeconds());
  }
}
