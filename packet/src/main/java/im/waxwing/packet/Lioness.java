package im.waxwing.packet;

import im.waxwing.primitives.Blake2b;
import im.waxwing.primitives.ChaCha20;
import im.waxwing.primitives.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// LIONESS (Anderson and Biham, 1996) of ChaCha20 and keyed BLAKE2b-256, with the layout of the
/// Rust crate `lioness`; keys are stretched from 48 to 192 bytes (packet.md §5).
///
/// ```
/// block = L (32 bytes) ‖ R            key = K1 (32) ‖ K2 (64) ‖ K3 (32) ‖ K4 (64)
/// R ^= ChaCha20(L ^ K1)    L ^= BLAKE2b(K2, R)    R ^= ChaCha20(L ^ K3)    L ^= BLAKE2b(K4, R)
/// ```
///
/// The initial value is not used: every key encrypts one payload.
final class Lioness implements PayloadCipher {

  static final int KEY_LENGTH = 192;

  private static final byte[] LABEL = "waxwing payload v1".getBytes(StandardCharsets.US_ASCII);
  private static final int SPRP_KEY_LENGTH = 48;
  private static final int LEFT_LENGTH = 32;
  private static final int HASH_KEY_LENGTH = 64;
  private static final int K1 = 0;
  private static final int K2 = 32;
  private static final int K3 = 96;
  private static final int K4 = 128;

  private final Hkdf hkdf = new Hkdf();
  private final byte[] stretched = new byte[KEY_LENGTH];
  private final byte[] half = new byte[LEFT_LENGTH];

  @Override
  public void encrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length) {
    hkdf.expand(key, keyAt, SPRP_KEY_LENGTH, LABEL, stretched);
    encryptBlock(stretched, data, at, length);
    wipe();
  }

  @Override
  public void decrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length) {
    hkdf.expand(key, keyAt, SPRP_KEY_LENGTH, LABEL, stretched);
    decryptBlock(stretched, data, at, length);
    wipe();
  }

  /// The cipher itself, with its 192-byte key; at least 33 bytes of data.
  void encryptBlock(byte[] key, byte[] data, int at, int length) {
    stream(key, K1, data, at, length);
    hash(key, K2, data, at, length);
    stream(key, K3, data, at, length);
    hash(key, K4, data, at, length);
  }

  /// Undoes [#encryptBlock].
  void decryptBlock(byte[] key, byte[] data, int at, int length) {
    hash(key, K4, data, at, length);
    stream(key, K3, data, at, length);
    hash(key, K2, data, at, length);
    stream(key, K1, data, at, length);
  }

  private void stream(byte[] key, int keyAt, byte[] data, int at, int length) {
    for (int i = 0; i < LEFT_LENGTH; i++) {
      half[i] = (byte) (data[at + i] ^ key[keyAt + i]);
    }
    ChaCha20.apply(half, 0, data, at + LEFT_LENGTH, length - LEFT_LENGTH);
  }

  private void hash(byte[] key, int keyAt, byte[] data, int at, int length) {
    Blake2b.hash(key, keyAt, HASH_KEY_LENGTH, data, at + LEFT_LENGTH, length - LEFT_LENGTH, half);
    for (int i = 0; i < LEFT_LENGTH; i++) {
      data[at + i] ^= half[i];
    }
  }

  private void wipe() {
    Arrays.fill(stretched, (byte) 0);
    Arrays.fill(half, (byte) 0);
  }
}
