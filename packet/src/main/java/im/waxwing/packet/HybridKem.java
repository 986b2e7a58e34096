package im.waxwing.packet;

import im.waxwing.primitives.Blake2b;
import im.waxwing.primitives.MlKem768;
import im.waxwing.primitives.X25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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

  /// Makes a fresh secret of 32 bytes for the owner of `publicKey`, and the ciphertext that carries
  /// it. False if the key's point is of low order or its other part no ML-KEM key.
  static boolean encapsulate(
      byte[] publicKey, RandomGenerator random, byte[] ciphertext, byte[] secret) {
    byte[] ephemeral = new byte[X25519.LENGTH];
    byte[] randomness = new byte[MlKem768.RANDOMNESS_LENGTH];
    byte[] fromPoint = new byte[X25519.LENGTH];
    byte[] fromLattice = new byte[MlKem768.SECRET_LENGTH];
    random.nextBytes(ephemeral);
    random.nextBytes(randomness);
    try {
      System.arraycopy(X25519.publicKey(ephemeral), 0, ciphertext, 0, X25519.LENGTH);
      byte[] latticeKey = Arrays.copyOfRange(publicKey, X25519.LENGTH, PUBLIC_KEY_LENGTH);
      if (!X25519.agree(ephemeral, 0, publicKey, 0, fromPoint, 0)
          || !MlKem768.encapsulate(
              latticeKey, randomness, ciphertext, X25519.LENGTH, fromLattice)) {
        return false;
      }
      join(fromPoint, publicKey, fromLattice, ciphertext, 0, secret);
      return true;
    } finally {
      wipe(ephemeral, randomness, fromPoint, fromLattice);
    }
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
    byte[] fromPoint = new byte[X25519.LENGTH];
    byte[] fromLattice = new byte[MlKem768.SECRET_LENGTH];
    try {
      if (!X25519.agree(scalar, 0, ciphertext, at, fromPoint, 0)) {
        return false;
      }
      key.decapsulate(ciphertext, at + X25519.LENGTH, fromLattice);
      join(fromPoint, publicKey, fromLattice, ciphertext, at, secret);
      return true;
    } finally {
      wipe(fromPoint, fromLattice);
    }
  }

  /// Writes the secret that is safe as long as one of the two is.
  private static void join(
      byte[] fromPoint,
      byte[] publicKey,
      byte[] fromLattice,
      byte[] ciphertext,
      int at,
      byte[] secret) {
    byte[] transcript =
        ByteBuffer.allocate(JOIN_LABEL.length + 3 * Integer.BYTES + CIPHERTEXT_LENGTH)
            .put(JOIN_LABEL)
            .putInt(2)
            .putInt(X25519.LENGTH)
            .put(ciphertext, at, X25519.LENGTH)
            .putInt(MlKem768.CIPHERTEXT_LENGTH)
            .put(ciphertext, at + X25519.LENGTH, MlKem768.CIPHERTEXT_LENGTH)
            .array();
    byte[] one = hashPoint(fromPoint, publicKey, ciphertext, at);
    byte[] first = prf(one, transcript);
    byte[] second = prf(fromLattice, transcript);
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (first[i] ^ second[i]);
    }
    wipe(one, first, second);
  }

  /// X25519 as a KEM.
  private static byte[] hashPoint(byte[] shared, byte[] publicKey, byte[] ciphertext, int at) {
    byte[] data =
        ByteBuffer.allocate(POINT_LABEL.length + 3 * (Integer.BYTES + X25519.LENGTH))
            .put(POINT_LABEL)
            .putInt(X25519.LENGTH)
            .put(shared)
            .putInt(X25519.LENGTH)
            .put(publicKey, 0, X25519.LENGTH)
            .putInt(X25519.LENGTH)
            .put(ciphertext, at, X25519.LENGTH)
            .array();
    byte[] secret = sha256(data);
    wipe(data);
    return secret;
  }

  private static byte[] prf(byte[] secret, byte[] transcript) {
    byte[] key = Blake2b.hash(secret);
    byte[] result = Blake2b.hash(key, transcript);
    wipe(key);
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
