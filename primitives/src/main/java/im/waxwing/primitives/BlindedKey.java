package im.waxwing.primitives;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// An Ed25519 key for one day, made from a lasting key so that nobody who does not know the lasting
/// public key can relate two days, while whoever knows it computes each day's public key alone.
///
/// With `P` the lasting public key (32 bytes), `a` its secret scalar and `prefix` the second half
/// of SHA-512(seed), `L` the group order and `day` an unsigned 64-bit big-endian number:
///
/// ```
/// h       = SHA-512("waxwing blind v1" ‖ P ‖ day) mod L
/// P'      = h·P                        a' = h·a mod L
/// prefix' = SHA-512("waxwing blind prefix v1" ‖ prefix ‖ h)[0..32]
/// sign m:   r = SHA-512(prefix' ‖ m) mod L,  R = r·B,  S = r + SHA-512(R ‖ P' ‖ m)·a' mod L
/// ```
///
/// The signature `R ‖ S` is an ordinary one: [Ed25519#verify] accepts it under `P'`. Lasting keys
/// of small order, or outside the main subgroup, are refused. The idea is that of the onion
/// services of Tor (rend-spec-v3, appendix A.2), the hash is our own. Vectors:
/// `spec/vectors/blinded-key.json`.
///
/// Works only with [Backend#LIBSODIUM], whose scalar arithmetic takes constant time; without it
/// making one throws [UnsupportedOperationException].
public final class BlindedKey implements AutoCloseable {

  private static final byte[] LABEL = ascii("waxwing blind v1");
  private static final byte[] PREFIX_LABEL = ascii("waxwing blind prefix v1");

  private final byte[] scalar;
  private final byte[] prefix;
  private final byte[] publicKey;

  private BlindedKey(byte[] scalar, byte[] prefix, byte[] publicKey) {
    this.scalar = scalar;
    this.prefix = prefix;
    this.publicKey = publicKey;
  }

  /// The public key of a day, from the lasting public key (any bytes a stranger may have sent);
  /// empty when the lasting key is no point of the main subgroup.
  public static Optional<byte[]> publicKey(byte[] lastingPublicKey, long day) {
    requireLibsodium();
    if (lastingPublicKey.length != Ed25519.PUBLIC_KEY_LENGTH) {
      return Optional.empty();
    }
    byte[] blinded = new byte[Ed25519.PUBLIC_KEY_LENGTH];
    return Sodium.ed25519ScalarMult(blinded, factor(lastingPublicKey, day), lastingPublicKey)
        ? Optional.of(blinded)
        : Optional.empty();
  }

  static BlindedKey of(byte[] seed, byte[] lastingPublicKey, long day) {
    requireLibsodium();
    byte[] factor = factor(lastingPublicKey, day);
    byte[] expanded = sha512(seed);
    byte[] lastingScalar = clampedScalar(expanded);
    byte[] scalar = new byte[32];
    Sodium.scalarMul(scalar, factor, lastingScalar);
    byte[] lastingPrefix = Arrays.copyOfRange(expanded, 32, 64);
    byte[] prefix = Arrays.copyOf(sha512(PREFIX_LABEL, lastingPrefix, factor), 32);
    byte[] publicKey = new byte[32];
    boolean done = Sodium.ed25519ScalarMultBase(publicKey, scalar);
    wipe(expanded, lastingScalar, lastingPrefix);
    if (!done) {
      throw new IllegalStateException("a blinded scalar was zero");
    }
    return new BlindedKey(scalar, prefix, publicKey);
  }

  /// A fresh copy of this day's public key.
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /// A signature of 64 bytes that verifies under [#publicKey()]; the same message gives the same
  /// one.
  public byte[] sign(byte[] message) {
    byte[] nonce = reduced(sha512(prefix, message));
    byte[] commitment = new byte[32];
    if (!Sodium.ed25519ScalarMultBase(commitment, nonce)) {
      throw new IllegalStateException("a signature's nonce was zero");
    }
    byte[] product = new byte[32];
    Sodium.scalarMul(product, reduced(sha512(commitment, publicKey, message)), scalar);
    byte[] response = new byte[32];
    Sodium.scalarAdd(response, nonce, product);
    wipe(nonce, product);
    return ByteBuffer.allocate(64).put(commitment).put(response).array();
  }

  /// Wipes the secret part.
  @Override
  public void close() {
    wipe(scalar, prefix);
  }

  @Override
  public String toString() {
    return "BlindedKey[redacted]";
  }

  private static void requireLibsodium() {
    if (Backend.current() != Backend.LIBSODIUM) {
      throw new UnsupportedOperationException("blinded keys need libsodium, which is not here");
    }
  }

  private static byte[] factor(byte[] lastingPublicKey, long day) {
    byte[] dayBytes = ByteBuffer.allocate(Long.BYTES).putLong(day).array();
    return reduced(sha512(LABEL, lastingPublicKey, dayBytes));
  }

  // RFC 8032 §5.1.5, then modulo L
  private static byte[] clampedScalar(byte[] expanded) {
    byte[] wide = Arrays.copyOf(Arrays.copyOf(expanded, 32), 64);
    wide[0] &= (byte) 0xf8;
    wide[31] &= 0x7f;
    wide[31] |= 0x40;
    byte[] scalar = reduced(wide);
    wipe(wide);
    return scalar;
  }

  private static byte[] reduced(byte[] wide) {
    byte[] scalar = new byte[32];
    Sodium.scalarReduce(scalar, wide);
    return scalar;
  }

  private static byte[] sha512(byte[]... parts) {
    MessageDigest digest = Jdk.digest("SHA-512");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
