package im.waxwing.model;

import im.waxwing.base.ByteString;

/// Names one message in all its copies and retries: 16 random bytes chosen by its writer.
public record MessageId(ByteString bytes) {
  public static final int SIZE = 16;

  public MessageId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("MessageId needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "MessageId[redacted]";
  }
}
