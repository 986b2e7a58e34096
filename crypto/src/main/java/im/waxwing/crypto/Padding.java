package im.waxwing.crypto;

import java.util.Arrays;

/// Hides how long a content is within steps of 160 bytes: 0x80, then zeros (envelope.md §4).
final class Padding {
  static final int STEP = 160;
  private static final byte MARK = (byte) 0x80;

  private Padding() {}

  static byte[] pad(byte[] content) {
    int padded = Math.ceilDiv(content.length + 1, STEP) * STEP;
    byte[] result = Arrays.copyOf(content, padded);
    result[content.length] = MARK;
    return result;
  }

  /// @throws CryptoException.BadMessage if it does not end as [#pad] lets it end
  static byte[] unpad(byte[] padded) throws CryptoException.BadMessage {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    if (end < 0 || padded[end] != MARK || padded.length % STEP != 0) {
      throw new CryptoException.BadMessage("the padding is wrong");
    }
    return Arrays.copyOf(padded, end);
  }
}
