package im.waxwing.primitives;

import java.util.HexFormat;

/// Hexadecimal as the standards print it.
final class Hex {

  private Hex() {}

  static byte[] bytes(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
