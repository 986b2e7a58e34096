package im.waxwing.primitives;

import java.util.Arrays;

/// Ed25519 signatures (RFC 8032): seed 32 bytes, public key 32, signature 64.
///
/// Safe for many threads.
public final class Ed25519 {

  /// Bytes of a seed, from which everything secret of a key follows.
  public static final int SEED_LENGTH = 32;

  /// Bytes of a public key.
  public static final int PUBLIC_KEY_LENGTH = 32;

  /// Bytes of a signature.
  public static final int SIGNATURE_LENGTH = 64;

  private Ed25519() {}

  /// Whether `signature` was made over `message` by the owner of `publicKey`. Any lengths may be
  /// given: wrong ones are not a signature. Public keys of small order and signatures in another
  /// than the canonical form are refused.
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == PUBLIC_KEY_LENGTH
        && signature.length == SIGNATURE_LENGTH
        && Curves.CHOSEN.ed25519Verify(publicKey, message, signature);
  }

  /// A key that signs. Close it to wipe the seed it holds.
  public static final class SigningKey implements AutoCloseable {
    private final byte[] seed;
    private final byte[] publicKey = new byte[PUBLIC_KEY_LENGTH];

    private SigningKey(byte[] seed) {
      this.seed = seed;
      Curves.CHOSEN.ed25519PublicKey(seed, publicKey);
    }

    /// The key of a 32-byte seed, which is copied.
    public static SigningKey ofSeed(byte[] seed) {
      Lengths.exactly("an Ed25519 seed", seed, SEED_LENGTH);
      return new SigningKey(seed.clone());
    }

    /// A fresh copy of the public key.
    public byte[] publicKey() {
      return publicKey.clone();
    }

    /// A signature of 64 bytes; the same message gives the same one.
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[SIGNATURE_LENGTH];
      Curves.CHOSEN.ed25519Sign(seed, publicKey, message, signature);
      return signature;
    }

    /// This key blinded for a day; see [BlindedKey].
    public BlindedKey blindedFor(long day) {
      return BlindedKey.of(seed, publicKey, day);
    }

    @Override
    public void close() {
      Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
      return "SigningKey[redacted]";
    }
  }
}
