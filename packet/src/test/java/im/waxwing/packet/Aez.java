package im.waxwing.packet;

import java.util.Arrays;

/// AEZ v5 (Hoang, Krovetz, Rogaway) without stretch and for at least 32 bytes: the payload cipher
/// of the public Katzenpost vectors. Slow and not in constant time; it never leaves the tests.
///
/// Names follow the paper: `E(j, i)` is a tweaked block cipher of four AES rounds, `E(-1, i)` of
/// ten.
final class Aez implements PayloadCipher {

  private static final int BLOCK = 16;
  private static final byte[] ZERO = new byte[BLOCK];

  @Override
  public void encrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length) {
    apply(key, keyAt, initial, initialAt, data, at, length, 0);
  }

  @Override
  public void decrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length) {
    apply(key, keyAt, initial, initialAt, data, at, length, 1);
  }

  private static void apply(
      byte[] key,
      int keyAt,
      byte[] initial,
      int initialAt,
      byte[] data,
      int at,
      int length,
      int direction) {
    var tweaked = new Tweaked(Arrays.copyOfRange(key, keyAt, keyAt + 48));
    byte[] nonce = Arrays.copyOfRange(initial, initialAt, initialAt + BLOCK);
    byte[] block = Arrays.copyOfRange(data, at, at + length);
    new Core(tweaked, hash(tweaked, nonce), block, direction).run();
    System.arraycopy(block, 0, data, at, length);
  }

  /// AEZ-hash of stretch 0, one block of nonce, and no associated data.
  private static byte[] hash(Tweaked tweaked, byte[] nonce) {
    return xor(tweaked.e(3, 1, ZERO), tweaked.e(4, 1, nonce));
  }

  /// AEZ-core: encrypts (direction 0) or decrypts (1) `text` in place.
  private static final class Core {
    private final Tweaked tweaked;
    private final byte[] delta;
    private final byte[] text;
    private final int direction;
    private final int pairs;
    private final int fragment;
    private byte[] x = ZERO;
    private byte[] y = ZERO;
    private byte[] s = ZERO;

    Core(Tweaked tweaked, byte[] delta, byte[] text, int direction) {
      this.tweaked = tweaked;
      this.delta = delta;
      this.text = text;
      this.direction = direction;
      this.pairs = text.length / 32 - 1;
      this.fragment = text.length % 32;
    }

    void run() {
      firstPass();
      x = xor(x, fragmentSum());
      mixLastPair();
      secondPass();
      encryptFragment();
      y = xor(y, fragmentSum());
      finishLastPair();
    }

    private void firstPass() {
      for (int i = 1; i <= pairs; i++) {
        int at = (i - 1) * 32;
        byte[] left = xor(block(at), tweaked.e(1, i, block(at + BLOCK)));
        byte[] right = xor(block(at + BLOCK), tweaked.e(0, 0, left));
        put(at, left);
        put(at + BLOCK, right);
        x = xor(x, right);
      }
    }

    private void mixLastPair() {
      int at = text.length - 32;
      byte[] u = block(at);
      byte[] v = block(at + BLOCK);
      byte[] left = xor(xor(u, x), xor(delta, tweaked.e(0, 1 + direction, v)));
      byte[] right = xor(v, tweaked.e(-1, 1 + direction, left));
      put(at, left);
      put(at + BLOCK, right);
      s = xor(left, right);
    }

    private void secondPass() {
      for (int i = 1; i <= pairs; i++) {
        int at = (i - 1) * 32;
        byte[] mask = tweaked.e(2, i, s);
        byte[] left = xor(block(at), mask);
        byte[] right = xor(block(at + BLOCK), mask);
        y = xor(y, left);
        left = xor(left, tweaked.e(0, 0, right));
        right = xor(right, tweaked.e(1, i, left));
        put(at, right);
        put(at + BLOCK, left);
      }
    }

    private void encryptFragment() {
      int at = pairs * 32;
      xorInto(at, Math.min(fragment, BLOCK), tweaked.e(-1, 4, s));
      xorInto(at + BLOCK, fragment - BLOCK, tweaked.e(-1, 5, s));
    }

    private byte[] fragmentSum() {
      int at = pairs * 32;
      if (fragment == 0) {
        return ZERO;
      }
      if (fragment < BLOCK) {
        return tweaked.e(0, 4, padded(at, fragment));
      }
      return xor(tweaked.e(0, 4, block(at)), tweaked.e(0, 5, padded(at + BLOCK, fragment - BLOCK)));
    }

    private void finishLastPair() {
      int at = text.length - 32;
      byte[] left = xor(block(at), tweaked.e(-1, 2 - direction, block(at + BLOCK)));
      byte[] right = xor(xor(block(at + BLOCK), tweaked.e(0, 2 - direction, left)), xor(delta, y));
      put(at, right);
      put(at + BLOCK, left);
    }

    private byte[] block(int at) {
      return Arrays.copyOfRange(text, at, at + BLOCK);
    }

    private byte[] padded(int at, int length) {
      byte[] padded = Arrays.copyOf(Arrays.copyOfRange(text, at, at + length), BLOCK);
      padded[length] = (byte) 0x80;
      return padded;
    }

    private void put(int at, byte[] block) {
      System.arraycopy(block, 0, text, at, BLOCK);
    }

    private void xorInto(int at, int length, byte[] block) {
      for (int i = 0; i < length; i++) {
        text[at + i] ^= block[i];
      }
    }
  }

  /// The tweaked block cipher over the three subkeys I, J and L.
  private static final class Tweaked {
    private final byte[] i;
    private final byte[] j;
    private final byte[] l;

    Tweaked(byte[] key) {
      i = Arrays.copyOfRange(key, 0, 16);
      j = Arrays.copyOfRange(key, 16, 32);
      l = Arrays.copyOfRange(key, 32, 48);
    }

    byte[] e(int tweakJ, int tweakI, byte[] input) {
      if (tweakJ == -1) {
        byte[] state = xor(input, times(l, tweakI));
        return rounds(state, i, j, l, i, j, l, i, j, l, i);
      }
      byte[] offset = xor(times(j, tweakJ), times(l, tweakI % 8));
      byte[] doubled = i;
      for (int n = 0; n < (tweakI + 7) / 8; n++) {
        doubled = twice(doubled);
      }
      return rounds(xor(input, xor(offset, doubled)), j, i, l, ZERO);
    }

    private static byte[] rounds(byte[] state, byte[]... keys) {
      byte[] result = state;
      for (byte[] key : keys) {
        result = AesRound.apply(result, key);
      }
      return result;
    }
  }

  private static byte[] xor(byte[] left, byte[] right) {
    byte[] result = new byte[BLOCK];
    for (int n = 0; n < BLOCK; n++) {
      result[n] = (byte) (left[n] ^ right[n]);
    }
    return result;
  }

  private static byte[] times(byte[] block, int factor) {
    byte[] result = ZERO;
    byte[] power = block;
    for (int rest = factor; rest > 0; rest >>= 1) {
      result = (rest & 1) == 1 ? xor(result, power) : result;
      power = twice(power);
    }
    return result;
  }

  private static byte[] twice(byte[] block) {
    byte[] result = new byte[BLOCK];
    for (int n = 0; n < BLOCK - 1; n++) {
      result[n] = (byte) (block[n] << 1 | (block[n + 1] & 0xff) >> 7);
    }
    result[BLOCK - 1] = (byte) (block[BLOCK - 1] << 1 ^ (block[0] < 0 ? 0x87 : 0));
    return result;
  }

  /// One full AES round: SubBytes, ShiftRows, MixColumns, AddRoundKey.
  private static final class AesRound {
    private static final byte[] SUBSTITUTION = substitution();

    static byte[] apply(byte[] state, byte[] key) {
      byte[] result = new byte[BLOCK];
      for (int column = 0; column < 4; column++) {
        int a = shifted(state, column, 0);
        int b = shifted(state, column, 1);
        int c = shifted(state, column, 2);
        int d = shifted(state, column, 3);
        int at = column * 4;
        result[at] = (byte) (key[at] ^ dbl(a) ^ dbl(b) ^ b ^ c ^ d);
        result[at + 1] = (byte) (key[at + 1] ^ a ^ dbl(b) ^ dbl(c) ^ c ^ d);
        result[at + 2] = (byte) (key[at + 2] ^ a ^ b ^ dbl(c) ^ dbl(d) ^ d);
        result[at + 3] = (byte) (key[at + 3] ^ dbl(a) ^ a ^ b ^ c ^ dbl(d));
      }
      return result;
    }

    private static int shifted(byte[] state, int column, int row) {
      return SUBSTITUTION[state[(column + row) % 4 * 4 + row] & 0xff] & 0xff;
    }

    private static int dbl(int value) {
      return (value << 1 ^ (value & 0x80) / 0x80 * 0x11b) & 0xff;
    }

    /// FIPS 197 §5.1.1: the inverse in GF(2^8), then an affine map.
    private static byte[] substitution() {
      byte[] table = new byte[256];
      for (int value = 0; value < 256; value++) {
        int inverse = inverse(value);
        int result = 0x63;
        for (int turn = 0; turn < 5; turn++) {
          result ^= inverse << turn | inverse >> (8 - turn);
        }
        table[value] = (byte) result;
      }
      return table;
    }

    private static int inverse(int value) {
      for (int candidate = 1; candidate < 256; candidate++) {
        if (product(value, candidate) == 1) {
          return candidate;
        }
      }
      return 0;
    }

    private static int product(int left, int right) {
      int result = 0;
      int power = left;
      for (int rest = right; rest > 0; rest >>= 1) {
        result ^= (rest & 1) * power;
        power = dbl(power);
      }
      return result;
    }
  }
}
