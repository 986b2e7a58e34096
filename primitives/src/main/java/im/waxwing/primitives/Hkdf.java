package im.waxwing.primitives;

import java.util.Arrays;

/// HKDF with SHA-256 (RFC 5869): up to 8,160 bytes of key material from one secret.
///
/// The static methods are safe for many threads; an instance is reused by one thread at a time.
public final class Hkdf {

  /// The most bytes one expansion gives: 255 blocks.
  public static final int LONGEST_OUTPUT = 255 * Hmac.LENGTH;

  private final Hmac hmac = new Hmac();

  /// A machine to reuse.
  public Hkdf() {}

  /// Concentrates a secret into a pseudo-random key of 32 bytes; an empty salt is allowed.
  public static byte[] extract(byte[] salt, byte[] secret) {
    return Hmac.of(salt, secret);
  }

  /// Stretches a pseudo-random key to `length` bytes, different for each `info`.
  public static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    byte[] output = new byte[length];
    new Hkdf().expand(pseudoRandomKey, 0, pseudoRandomKey.length, info, output);
    return output;
  }

  /// Extract, then expand.
  public static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
    byte[] pseudoRandomKey = extract(salt, secret);
    byte[] output = expand(pseudoRandomKey, info, length);
    Arrays.fill(pseudoRandomKey, (byte) 0);
    return output;
  }

  /// Fills `output` by expanding the key at `keyAt`.
  public void expand(byte[] key, int keyAt, int keyLength, byte[] info, byte[] output) {
    if (output.length > LONGEST_OUTPUT) {
      throw new IllegalArgumentException("HKDF-SHA-256 gives at most 8160 bytes");
    }
    // block ‖ info ‖ counter; the first round has no block before it
    byte[] message = new byte[Hmac.LENGTH + info.length + 1];
    System.arraycopy(info, 0, message, Hmac.LENGTH, info.length);
    hmac.start(key, keyAt, keyLength);
    int from = Hmac.LENGTH;
    for (int at = 0; at < output.length; at += Hmac.LENGTH) {
      if (at > 0) {
        hmac.restart();
        from = 0;
      }
      message[message.length - 1]++;
      hmac.update(message, from, message.length - from).finish(message, 0);
      System.arraycopy(message, 0, output, at, Math.min(Hmac.LENGTH, output.length - at));
    }
    hmac.wipe();
    Arrays.fill(message, (byte) 0);
  }
}
