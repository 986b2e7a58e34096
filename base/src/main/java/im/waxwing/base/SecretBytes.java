package im.waxwing.base;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// Key material: compared in constant time, never printed, wiped by [#close].
///
/// One search for `exposeSecret` finds every place where a secret leaves its wrapping.
public final class SecretBytes implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Copies `bytes`; the caller should wipe its own array.
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  public static SecretBytes generate(int sizeInBytes) {
    byte[] bytes = new byte[sizeInBytes];
    RANDOM.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  public int size() {
    return bytes.length;
  }

  /// A fresh copy of the secret; the caller owns it and should wipe it.
  public byte[] exposeSecret() {
    return bytes.clone();
  }

  /// Overwrites the secret with zeros; later uses see zeros.
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /// Constant, so that a hash table tells nothing about the secret.
  @Override
  public int hashCode() {
    return SecretBytes.class.hashCode();
  }

  @Override
  public String toString() {
    return "SecretBytes[redacted]";
  }
}
