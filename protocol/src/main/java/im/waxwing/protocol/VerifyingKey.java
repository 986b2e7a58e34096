package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.primitives.Ed25519;

/// An Ed25519 public key, 32 bytes, that a node checks requests with: of a mailbox's owner or its
/// depositors for one day, or of a drawer's owner.
public record VerifyingKey(ByteString bytes) {
  public static final int SIZE = 32;

  public VerifyingKey {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("VerifyingKey needs " + SIZE + " bytes");
    }
  }

  /// Whether the owner of this key signed `message`.
  public boolean accepts(byte[] message, Signature signature) {
    return Ed25519.verify(bytes.toByteArray(), message, signature.bytes().toByteArray());
  }

  /// Reads one as a field.
  public static VerifyingKey read(String field, ByteReader reader) throws MalformedException {
    return new VerifyingKey(reader.bytes(field, SIZE));
  }

  @Override
  public String toString() {
    return "VerifyingKey[redacted]";
  }
}
