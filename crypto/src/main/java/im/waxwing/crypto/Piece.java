package im.waxwing.crypto;

import im.waxwing.base.ByteString;

/// What one envelope carries of a letter (envelope.md §4).
///
/// @param index 0 for the first piece
/// @param count how many pieces the letter has, 1 to [#MAX_COUNT]
/// @param bytes 1 to [#MAX_SIZE] bytes; only the last piece may have fewer than the maximum
public record Piece(Letter.Kind kind, int index, int count, ByteString bytes) {
  public static final int MAX_COUNT = 8;

  /// An envelope's content without kind, index, count and length.
  public static final int MAX_SIZE = Envelopes.CONTENT_SIZE - 5;

  public Piece {
    if (count < 1 || count > MAX_COUNT || index < 0 || index >= count) {
      throw new IllegalArgumentException("a letter has 1 to " + MAX_COUNT + " pieces");
    }
    if (!isSize(index, count, bytes.size())) {
      throw new IllegalArgumentException("every piece but the last is full");
    }
  }

  static boolean isSize(int index, int count, int size) {
    return index < count - 1 ? size == MAX_SIZE : size >= 1 && size <= MAX_SIZE;
  }

  @Override
  public String toString() {
    return "Piece[" + kind + ", " + (index + 1) + " of " + count + "]";
  }
}
