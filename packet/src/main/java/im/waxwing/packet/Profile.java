package im.waxwing.packet;

import im.waxwing.primitives.MlKem768;
import im.waxwing.primitives.X25519;

/// How the sender of a packet and each of its nodes come to a shared secret. All packets of a
/// network have one profile; everything but this is the same in both.
public enum Profile {
  /// X25519: one point for the whole path, which every node changes (packet.md §6).
  NIKE(X25519.LENGTH, X25519.LENGTH, 0),

  /// X25519 and ML-KEM-768 together: whoever breaks one of them has nothing. A ciphertext for each
  /// node, all but the first inside the layers before it (packet.md §12).
  HYBRID(HybridKem.PUBLIC_KEY_LENGTH, HybridKem.CIPHERTEXT_LENGTH, HybridKem.CIPHERTEXT_LENGTH);

  private final int packetKeyLength;
  private final int elementLength;
  private final int carriedLength;

  Profile(int packetKeyLength, int elementLength, int carriedLength) {
    this.packetKeyLength = packetKeyLength;
    this.elementLength = elementLength;
    this.carriedLength = carriedLength;
  }

  /// Bytes of a node's public packet key: 32, or 32 + 1,184.
  public int packetKeyLength() {
    return packetKeyLength;
  }

  /// Bytes at the front of a header by which its node finds the shared secret: 32, or 32 + 1,088.
  int elementLength() {
    return elementLength;
  }

  /// Bytes of the next node's element that a layer carries behind its commands.
  int carriedLength() {
    return carriedLength;
  }

  /// Bytes of a packet key's secret, from which all of it follows.
  int secretLength() {
    return switch (this) {
      case NIKE -> X25519.LENGTH;
      case HYBRID -> X25519.LENGTH + MlKem768.SEED_LENGTH;
    };
  }
}
