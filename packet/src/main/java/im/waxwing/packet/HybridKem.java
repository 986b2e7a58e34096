package im.waxwing.packet;

import im.waxwing.primitives.Blake2b;
import im.waxwing.primitives.MlKem768;
import im.waxwing.primitives.X25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// X25519 and ML-KEM-768 as one KEM, in the way of Katzenpost (packet.md §12).
///
/// ```
/// public key = X25519 point ‖ ML-KEM key      ciphertext = ephemeral point ‖ ML-KEM ciphertext
/// ```
///
/// The secrets of both are joined by a PRF for each, keyed by its secret and fed with the whole
/// ciphertext; the results are XORed (Giacon, Heuer and Poettering, PKC 2018). Safe for many
/// threads.
final class HybridKem {

  static final int PUBLIC_KEY_LENGTH = X25519.LENGTH + MlKem768.PUBLIC_KEY_LENGTH;
  static final int CIPHERTEXT_LENGTH = X25519.LENGTH + MlKem768.CIPHERTEXT_LENGTH;

  // packet.md §12; the labels are Katzenpost's
  private static final byte[] POINT_LABEL = ascii("kemadapter-sha256-v1");
  private static final byte[] JOIN_LABEL = ascii("splitprf-v1");

  private HybridKem() {}

  /// A ciphertext for a public key.
  ///
  /// @param secret 32 bytes, to be wiped after use
  @SuppressWarnings("ArrayRecordComponent") // handed over to the caller at once
  record Encapsulated(byte[] ciphertext, byte[] secret) {}

  /// A fresh secret for the owner of `publicKey`, or empty if its point is of low order or its
  /// other part no ML-KEM key.
  static Optional<Encapsulated> encapsulate(byte[] publicKey, RandomGenerator random) {
    byte[] ephemeral = new byte[X25519.LENGTH];
    byte[] randomness = new byte[MlKem768.RANDOMNESS_LENGTH];
    random.nextBytes(ephemeral);
    random.nextBytes(randomness);
    try {
      byte[] shared = new byte[X25519.LENGTH];
      if (!X25519.agree(ephemeral, 0, publicKey, 0, shared, 0)) {
        return Optional.empty();
      }
      byte[] point = X25519.publicKey(ephemeral);
      byte[] fromPoint = hashPoint(shared, publicKey, point, 0);
      return MlKem768.encapsulate(
              Arrays.copyOfRange(publicKey, X25519.LENGTH, PUBLIC_KEY_LENGTH), randomness)
          .map(made -> joined(point, fromPoint, made));
    } finally {
      wipe(ephemeral, randomness);
    }
  }

  private static Encapsulated joined(
      byte[] point, byte[] fromPoint, MlKem768.Encapsulated fromLattice) {
    byte[] ciphertext = Arrays.copyOf(point, CIPHERTEXT_LENGTH);
    System.arraycopy(
        fromLattice.ciphertext(), 0, ciphertext, X25519.LENGTH, MlKem768.CIPHERTEXT_LENGTH);
    return new Encapsulated(ciphertext, join(fromPoint, fromLattice.secret(), ciphertext, 0));
  }

  /// Writes the 32 bytes that the ciphertext at `at` carries. False if its point is of low order; a
  /// ciphertext for another key gives another secret.
  static boolean decapsulate(
      byte[] scalar,
      byte[] publicKey,
      MlKem768.DecapsulationKey key,
      byte[] ciphertext,
      int at,
      byte[] secret) {
    byte[] shared = new byte[X25519.LENGTH];
    if (!X25519.agree(scalar, 0, ciphertext, at, shared, 0)) {
      return false;
    }
    byte[] fromPoint = hashPoint(shared, publicKey, ciphertext, at);
    byte[] fromLattice = key.decapsulate(ciphertext, at + X25519.LENGTH);
    byte[] joined = join(fromPoint, fromLattice, ciphertext, at);
    System.arraycopy(joined, 0, secret, 0, joined.length);
    wipe(joined);
    return true;
  }

  /// X25519 as a KEM; `shared` is wiped.
  private static byte[] hashPoint(byte[] shared, byte[] publicKey, byte[] ephemeral, int at) {
    byte[] data =
        ByteBuffer.allocate(POINT_LABEL.length + 3 * (Integer.BYTES + X25519.LENGTH))
            .put(POINT_LABEL)
            .putInt(X25519.LENGTH)
            .put(shared)
            .putInt(X25519.LENGTH)
            .put(publicKey, 0, X25519.LENGTH)
            .putInt(X25519.LENGTH)
            .put(ephemeral, at, X25519.LENGTH)
            .array();
    byte[] secret = sha256(data);
    wipe(shared, data);
    return secret;
  }

  /// The secret that is safe as long as one of the two is; both are wiped.
  private static byte[] join(byte[] fromPoint, byte[] fromLattice, byte[] ciphertext, int at) {
    byte[] transcript =
        ByteBuffer.allocate(JOIN_LABEL.length + 3 * Integer.BYTES + CIPHERTEXT_LENGTH)
            .put(JOIN_LABEL)
            .putInt(2)
            .putInt(X25519.LENGTH)
            .put(ciphertext, at, X25519.LENGTH)
            .putInt(MlKem768.CIPHERTEXT_LENGTH)
            .put(ciphertext, at + X25519.LENGTH, MlKem768.CIPHERTEXT_LENGTH)
            .array();
    byte[] joined = prf(fromPoint, transcript);
    byte[] other = prf(fromLattice, transcript);
    for (int i = 0; i < joined.length; i++) {
      joined[i] ^= other[i];
    }
    wipe(other);
    return joined;
  }

  private static byte[] prf(byte[] secret, byte[] transcript) {
    byte[] key = Blake2b.hash(secret);
    byte[] result = Blake2b.hash(key, transcript);
    wipe(secret, key);
    return result;
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException cause) {
      throw new IllegalStateException("every Java platform has SHA-256", cause);
    }
  }

  private static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
