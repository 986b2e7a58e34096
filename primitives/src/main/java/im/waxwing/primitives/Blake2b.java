package im.waxwing.primitives;

/// BLAKE2b (RFC 7693) with a 32-byte result, with or without a key of at most 64 bytes.
///
/// Safe for many threads.
public final class Blake2b {

  /// Bytes of a result.
  public static final int LENGTH = 32;

  /// The longest key, in bytes.
  public static final int LONGEST_KEY = 64;

  private static final byte[] NO_KEY = {};

  private Blake2b() {}

  /// The hash of `data`.
  public static byte[] hash(byte[] data) {
    return hash(NO_KEY, data);
  }

  /// The keyed hash of `data`, which authenticates it (RFC 7693 §2.9 calls it a MAC).
  public static byte[] hash(byte[] key, byte[] data) {
    byte[] hash = new byte[LENGTH];
    hash(key, 0, key.length, data, 0, data.length, hash);
    return hash;
  }

  /// The same on parts of arrays, into the 32 bytes of `hash`.
  public static void hash(
      byte[] key, int keyAt, int keyLength, byte[] data, int at, int length, byte[] hash) {
    Lengths.within(key, keyAt, keyLength);
    Lengths.within(data, at, length);
    Lengths.exactly("a BLAKE2b-256 result", hash, LENGTH);
    if (keyLength > LONGEST_KEY) {
      throw new IllegalArgumentException("a BLAKE2b key has at most 64 bytes");
    }
    Curves.CHOSEN.blake2b(key, keyAt, keyLength, data, at, length, hash);
  }
}
