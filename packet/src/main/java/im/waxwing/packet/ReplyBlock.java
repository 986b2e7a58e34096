package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;

/// With which a stranger can send one answer along a path that only the block's maker knows
/// (packet.md §8). Used once; dies with the packet keys it was made for.
///
/// @param bytes header, first hop, key of the payload
public record ReplyBlock(ByteString bytes) {

  /// A block a stranger sent.
  ///
  /// @throws MalformedException if the length is not the geometry's
  public static ReplyBlock decode(Geometry geometry, ByteString bytes) throws MalformedException {
    if (bytes.size() != geometry.replyBlockLength()) {
      throw new MalformedException("reply block", "has the wrong length");
    }
    return new ReplyBlock(bytes);
  }

  NodeKey firstHop(Geometry geometry) {
    int at = geometry.headerLength();
    return new NodeKey(bytes.slice(at, at + Hop.NODE_LENGTH));
  }

  @Override
  public String toString() {
    return "ReplyBlock[redacted]";
  }
}
