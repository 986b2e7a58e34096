package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.primitives.MlKem768;
import im.waxwing.primitives.MlKem768.DecapsulationKey;
import im.waxwing.primitives.X25519;
import java.util.Arrays;

/// An X25519 and an ML-KEM-768 key, both of which a sender needs.
final class HybridKey extends PacketKey {

  private final byte[] scalar;
  private final byte[] point;
  private final DecapsulationKey lattice;

  private HybridKey(byte[] scalar, byte[] point, DecapsulationKey lattice) {
    super(Profile.HYBRID, ByteString.copyOf(point).plus(ByteString.copyOf(lattice.publicKey())));
    this.scalar = scalar;
    this.point = point;
    this.lattice = lattice;
  }

  static HybridKey of(SecretBytes secret) {
    byte[] bytes = secret.exposeSecret();
    byte[] scalar = Arrays.copyOf(bytes, X25519.LENGTH);
    byte[] seed = Arrays.copyOfRange(bytes, X25519.LENGTH, X25519.LENGTH + MlKem768.SEED_LENGTH);
    try {
      return new HybridKey(scalar, X25519.publicKey(scalar), DecapsulationKey.ofSeed(seed));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  boolean agree(byte[] packet, byte[] shared) {
    return HybridKem.decapsulate(scalar, point, lattice, packet, Geometry.ELEMENT_AT, shared);
  }

  @Override
  public void close() {
    Arrays.fill(scalar, (byte) 0);
    lattice.close();
  }
}
