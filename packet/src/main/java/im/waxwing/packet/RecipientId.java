package im.waxwing.packet;

import im.waxwing.base.ByteString;

/// Whom the last node of a path hands the payload to, 32 bytes.
public record RecipientId(ByteString bytes) {

  public static final int LENGTH = 32;

  /// The node itself: its mailbox service reads the payload as a request.
  public static final RecipientId NODE = new RecipientId(ByteString.copyOf(new byte[LENGTH]));

  /// Checks the length.
  public RecipientId {
    if (bytes.size() != LENGTH) {
      throw new IllegalArgumentException("a recipient has 32 bytes");
    }
  }

  @Override
  public String toString() {
    return "RecipientId[redacted]";
  }
}
