package im.waxwing.model;

import im.waxwing.base.ByteString;

/// A node's long-term Ed25519 key, by which apps pin it.
public record NodeKey(ByteString bytes) {
  public static final int SIZE = 32;

  public NodeKey {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("NodeKey needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "NodeKey[redacted]";
  }
}
