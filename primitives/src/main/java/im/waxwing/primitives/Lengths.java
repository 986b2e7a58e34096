package im.waxwing.primitives;

import java.util.Objects;

/// Checks that a caller's arrays have the length the algorithm asks for.
final class Lengths {

  private Lengths() {}

  static void exactly(String what, byte[] array, int length) {
    if (array.length != length) {
      throw new IllegalArgumentException(what + " must have " + length + " bytes");
    }
  }

  static void within(byte[] array, int at, int length) {
    Objects.checkFromIndexSize(at, length, array.length);
  }
}
