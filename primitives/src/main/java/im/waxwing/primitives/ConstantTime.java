package im.waxwing.primitives;

/// Comparisons whose time does not tell where two values differ.
public final class ConstantTime {

  private ConstantTime() {}

  /// Whether `length` bytes at two places are equal. Takes the same time for any content.
  public static boolean equal(byte[] left, int leftAt, byte[] right, int rightAt, int length) {
    Lengths.within(left, leftAt, length);
    Lengths.within(right, rightAt, length);
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= left[leftAt + i] ^ right[rightAt + i];
    }
    return difference == 0;
  }

  /// Whether two arrays are equal; a different length is told at once.
  public static boolean equal(byte[] left, byte[] right) {
    return left.length == right.length && equal(left, 0, right, 0, left.length);
  }
}
