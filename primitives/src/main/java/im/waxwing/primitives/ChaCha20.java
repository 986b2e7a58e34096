package im.waxwing.primitives;

/// The ChaCha20 stream (RFC 8439 §2.4) with a 32-byte key, twelve zero bytes of nonce, and a
/// counter from 0: for keys that are used once.
///
/// It hides and does not authenticate. Safe for many threads.
public final class ChaCha20 {

  /// Bytes of a key.
  public static final int KEY_LENGTH = 32;

  private ChaCha20() {}

  /// Replaces `length` bytes at `at` by themselves XOR the key stream. Doing it twice undoes it.
  public static void apply(byte[] key, int keyAt, byte[] data, int at, int length) {
    Lengths.within(key, keyAt, KEY_LENGTH);
    Lengths.within(data, at, length);
    Curves.CHOSEN.chaCha20(key, keyAt, data, at, length);
  }
}
