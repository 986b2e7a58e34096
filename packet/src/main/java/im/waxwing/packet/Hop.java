package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;

/// A node of a path, as the sender sees it.
///
/// @param node the node's lasting key, by which the hop before finds it
/// @param packetKey its public key of the epoch ([PacketKey#publicKey]): 32 bytes, or 1,216 in a
///   network of the hybrid profile
/// @param delayMillis how long it is to hold the packet, 0 to 2^32 − 1; of no use at the last hop
public record Hop(NodeKey node, ByteString packetKey, long delayMillis) {

  static final int NODE_LENGTH = NodeKey.SIZE;
  private static final long LONGEST_DELAY = 0xFFFF_FFFFL;

  /// Checks lengths and range.
  public Hop {
    if (packetKey.size() != Profile.NIKE.packetKeyLength()
        && packetKey.size() != Profile.HYBRID.packetKeyLength()) {
      throw new IllegalArgumentException("a packet key has 32 or 1216 bytes");
    }
    if (delayMillis < 0 || delayMillis > LONGEST_DELAY) {
      throw new IllegalArgumentException("a delay is a u32 of milliseconds");
    }
  }

  /// A hop that passes packets on at once.
  public static Hop of(NodeKey node, ByteString packetKey) {
    return new Hop(node, packetKey, 0);
  }

  @Override
  public String toString() {
    return "Hop[redacted]";
  }
}
