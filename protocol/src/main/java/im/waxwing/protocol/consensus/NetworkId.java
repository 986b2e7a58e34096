package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;

/// Names an onion network: the hash of its [AuthoritySet], 32 bytes.
public record NetworkId(ByteString bytes) {
  public static final int SIZE = 32;

  public NetworkId {
    Fields.demand(bytes.size() == SIZE, "a network id has 32 bytes");
  }

  @Override
  public String toString() {
    return "NetworkId[redacted]";
  }
}
