package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// An Ed25519 signature, 64 bytes.
public record Signature(ByteString bytes) {
  public static final int SIZE = 64;

  public Signature {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("Signature needs " + SIZE + " bytes");
    }
  }

  /// Reads one as a field.
  public static Signature read(ByteReader reader) throws MalformedException {
    return new Signature(reader.bytes("signature", SIZE));
  }

  @Override
  public String toString() {
    return "Signature[redacted]";
  }
}
