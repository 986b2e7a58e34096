package im.waxwing.model;

import im.waxwing.base.ByteString;

/// Names an envelope in one mailbox of one day. Unlinkable to the ids of other days (envelope.md
/// §3).
public record EnvelopeId(ByteString bytes) {
  public static final int SIZE = 32;

  public EnvelopeId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("EnvelopeId needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "EnvelopeId[redacted]";
  }
}
