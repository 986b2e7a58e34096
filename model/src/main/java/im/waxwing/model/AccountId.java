package im.waxwing.model;

import im.waxwing.base.ByteString;

/// One person's devices under one identity key: the hash of that key (envelope.md §1).
public record AccountId(ByteString bytes) {
  public static final int SIZE = 32;

  public AccountId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("AccountId needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "AccountId[redacted]";
  }
}
