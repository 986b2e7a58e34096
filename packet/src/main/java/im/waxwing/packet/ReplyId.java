package im.waxwing.packet;

import im.waxwing.base.ByteString;

/// By which the maker of a reply block knows it again when its answer arrives, 16 bytes.
public record ReplyId(ByteString bytes) {

  public static final int LENGTH = 16;

  /// Checks the length.
  public ReplyId {
    if (bytes.size() != LENGTH) {
      throw new IllegalArgumentException("a reply id has 16 bytes");
    }
  }

  @Override
  public String toString() {
    return "ReplyId[redacted]";
  }
}
