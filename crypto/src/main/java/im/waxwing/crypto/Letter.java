package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// One sealed text from device to device; split into one to eight envelopes to travel.
///
/// @param bytes 1 to [#MAX_SIZE] bytes
public record Letter(Kind kind, ByteString bytes) {
  /// Eight pieces of 2,527 bytes.
  public static final int MAX_SIZE = Piece.MAX_COUNT * Piece.MAX_SIZE;

  /// What the bytes of a letter are (envelope.md §4).
  public enum Kind {
    /// The writer's device number and a libsignal PreKey message: begins a session.
    PREKEY(1),
    /// A libsignal message of a session both sides have.
    MESSAGE(2),
    /// A request to encrypt an earlier letter again; sealed by its lane only.
    RETRY(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    public static Kind decode(int code) throws MalformedException {
      return switch (code) {
        case 1 -> PREKEY;
        case 2 -> MESSAGE;
        case 3 -> RETRY;
        default -> throw new MalformedException("letter kind", "must be 1, 2 or 3");
      };
    }
  }

  public Letter {
    if (bytes.size() < 1 || bytes.size() > MAX_SIZE) {
      throw new IllegalArgumentException("a letter has 1 to " + MAX_SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "Letter[" + kind + "]";
  }
}
