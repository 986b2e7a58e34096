package im.waxwing.crypto;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Seals pieces of letters into envelopes of one size, and opens them (envelope.md §2, §4).
public final class Envelopes {
  /// An envelope without nonce and tag.
  public static final int CONTENT_SIZE = Envelope.SIZE - Sealing.OVERHEAD;

  private Envelopes() {}

  /// Seals one piece. Each call gives other bytes, so an envelope that is offered again to the same
  /// mailbox on the same day has to be kept.
  public static Envelope seal(EnvelopeKeys keys, Piece piece) {
    return seal(keys, piece, SecretBytes.generate(Sealing.NONCE_SIZE));
  }

  static Envelope seal(EnvelopeKeys keys, Piece piece, SecretBytes nonce) {
    byte[] content =
        ByteBuffer.allocate(CONTENT_SIZE)
            .put((byte) piece.kind().code())
            .put((byte) piece.index())
            .put((byte) piece.count())
            .putShort((short) piece.bytes().size())
            .put(piece.bytes().toByteArray())
            .array();
    return new Envelope(Sealing.seal(keys.key(), nonce, keys.id().bytes(), content));
  }

  /// @throws MalformedException if the envelope was altered, bears another id, or breaks the layout
  public static Piece open(EnvelopeKeys keys, Envelope envelope) throws MalformedException {
    return open(keys.id(), keys.key(), envelope);
  }

  /// @throws MalformedException if the envelope was altered, bears another id, or breaks the layout
  public static Piece open(EnvelopeId id, SecretBytes key, Envelope envelope)
      throws MalformedException {
    byte[] content = Sealing.open(key, id.bytes(), envelope.bytes(), "envelope");
    ByteReader in = new ByteReader(content);
    Letter.Kind kind = Letter.Kind.decode(in.u8("letter kind"));
    int index = in.u8("piece index");
    int count = in.u8("piece count");
    int length = in.u16("piece length");
    check(index, count, length);
    ByteString bytes = in.bytes("piece", length);
    in.zeros("piece padding");
    return new Piece(kind, index, count, bytes);
  }

  private static void check(int index, int count, int length) throws MalformedException {
    if (count < 1 || count > Piece.MAX_COUNT) {
      throw new MalformedException("piece count", "must be 1 to " + Piece.MAX_COUNT);
    }
    if (index >= count) {
      throw new MalformedException("piece index", "must be below the count");
    }
    if (!Piece.isSize(index, count, length)) {
      throw new MalformedException("piece length", "must be full in every piece but the last");
    }
  }

  /// Cuts a letter into its one to eight pieces, in order.
  public static List<Piece> split(Letter letter) {
    ByteString bytes = letter.bytes();
    int count = Math.ceilDiv(bytes.size(), Piece.MAX_SIZE);
    List<Piece> pieces = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int from = index * Piece.MAX_SIZE;
      int to = Math.min(bytes.size(), from + Piece.MAX_SIZE);
      pieces.add(new Piece(letter.kind(), index, count, bytes.slice(from, to)));
    }
    return pieces;
  }

  /// Puts together what [#split] gave.
  ///
  /// @param pieces all pieces of one letter, ordered by index
  /// @throws MalformedException if they are not the complete pieces of one letter
  public static Letter join(List<Piece> pieces) throws MalformedException {
    int size = pieces.stream().mapToInt(piece -> piece.bytes().size()).sum();
    byte[] bytes = new byte[size];
    int at = 0;
    for (int index = 0; index < pieces.size(); index++) {
      Piece piece = pieces.get(index);
      if (piece.index() != index
          || piece.count() != pieces.size()
          || piece.kind() != pieces.getFirst().kind()) {
        throw new MalformedException("pieces", "must be all those of one letter");
      }
      piece.bytes().copyTo(bytes, at);
      at += piece.bytes().size();
    }
    if (pieces.isEmpty()) {
      throw new MalformedException("pieces", "must be all those of one letter");
    }
    return new Letter(pieces.getFirst().kind(), ByteString.copyOf(bytes));
  }
}
