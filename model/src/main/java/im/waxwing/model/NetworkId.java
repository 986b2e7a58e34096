package im.waxwing.model;

import im.waxwing.base.ByteString;

/// Names an onion network: the hash of its authorities (consensus.md §2), 32 bytes.
public record NetworkId(ByteString bytes) {
  public static final int SIZE = 32;

  public NetworkId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("a network id has " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "NetworkId[redacted]";
  }
}
