package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.primitives.X25519;
import java.util.Arrays;

/// An X25519 key.
final class NikeKey extends PacketKey {

  private final byte[] scalar;

  /// Owns `scalar`, 32 bytes.
  NikeKey(byte[] scalar) {
    super(Profile.NIKE, ByteString.copyOf(X25519.publicKey(scalar)));
    this.scalar = scalar;
  }

  @Override
  boolean agree(byte[] packet, byte[] shared) {
    return X25519.agree(scalar, 0, packet, Geometry.ELEMENT_AT, shared, 0);
  }

  @Override
  public void close() {
    Arrays.fill(scalar, (byte) 0);
  }
}
