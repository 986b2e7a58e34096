package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnvelopesTest {
  private final Random random = new Random(11);
  private final EnvelopeKeys keys =
      SendingLane.of(LaneSeed.generate())
          .take()
          .keys()
          .at(new MailboxKey(ByteString.copyOf(new byte[32])), new Day(20_780), Way.RELAY);

  private ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  private Piece piece(int size) {
    return new Piece(Letter.Kind.MESSAGE, 0, 1, bytes(size));
  }

  @Nested
  class Sealing {
    @Test
    void whatWasSealedOpens() throws Exception {
      for (int size : List.of(1, 100, 2526, Piece.MAX_SIZE)) {
        Piece piece = piece(size);
        assertThat(Envelopes.open(keys, Envelopes.seal(keys, piece))).isEqualTo(piece);
      }
    }

    @Test
    void aPieceHasTheSpaceThatTheFormatSays() {
      assertThat(Envelopes.CONTENT_SIZE).isEqualTo(2532);
      assertThat(Piece.MAX_SIZE).isEqualTo(2527);
      assertThat(Letter.MAX_SIZE).isEqualTo(20_216);
    }

    @Test
    void noTwoEnvelopesOfOnePieceAreAlike() {
      Piece piece = piece(50);

      assertThat(Envelopes.seal(keys, piece)).isNotEqualTo(Envelopes.seal(keys, piece));
    }

    @Test
    void aFlippedBitAnywhereIsRefused() {
      Envelope envelope = Envelopes.seal(keys, piece(50));

      for (int at = 0; at < Envelope.SIZE; at++) {
        byte[] flipped = envelope.bytes().toByteArray();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        Envelope altered = new Envelope(ByteString.copyOf(flipped));
        assertThatThrownBy(() -> Envelopes.open(keys, altered))
            .isInstanceOf(MalformedException.class);
      }
    }

    @Test
    void underAnotherNameItIsRefused() {
      Envelope envelope = Envelopes.seal(keys, piece(50));
      EnvelopeId other = new EnvelopeId(bytes(32));

      assertThatThrownBy(() -> Envelopes.open(other, keys.key(), envelope))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Nested
  class Layout {
    /// What a writer that breaks the rules could seal.
    private Envelope sealed(int... content) {
      byte[] padded = new byte[Envelopes.CONTENT_SIZE];
      for (int i = 0; i < content.length; i++) {
        padded[i] = (byte) content[i];
      }
      return new Envelope(
          im.waxwing.crypto.Sealing.seal(
              keys.key(), SecretBytes.generate(12), keys.id().bytes(), padded));
    }

    private void isRefused(String field, Envelope envelope) {
      assertThatThrownBy(() -> Envelopes.open(keys, envelope))
          .isInstanceOfSatisfying(
              MalformedException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void aGoodOneOpens() throws Exception {
      assertThat(Envelopes.open(keys, sealed(2, 0, 1, 0, 1, 7)).bytes())
          .isEqualTo(ByteString.ofHex("07"));
    }

    @Test
    void everyRuleIsKept() {
      isRefused("letter kind", sealed(0, 0, 1, 0, 1, 7));
      isRefused("letter kind", sealed(4, 0, 1, 0, 1, 7));
      isRefused("piece count", sealed(2, 0, 0, 0, 1, 7));
      isRefused("piece count", sealed(2, 0, 9, 0, 1, 7));
      isRefused("piece index", sealed(2, 1, 1, 0, 1, 7));
      isRefused("piece length", sealed(2, 0, 1, 0, 0));
      isRefused("piece length", sealed(2, 0, 1, 0xFF, 0xFF, 7));
      isRefused("piece length", sealed(2, 0, 2, 0, 1, 7));
      isRefused("piece padding", sealed(2, 0, 1, 0, 1, 7, 7));
    }
  }

  @Nested
  class Splitting {
    @Test
    void lettersOfAnyLengthComeTogetherAgain() throws Exception {
      for (int size : List.of(1, 2527, 2528, 5054, 5055, 20_215, 20_216)) {
        Letter letter = new Letter(Letter.Kind.PREKEY, bytes(size));

        List<Piece> pieces = Envelopes.split(letter);

        assertThat(pieces).hasSize(Math.ceilDiv(size, 2527));
        assertThat(Envelopes.join(pieces)).isEqualTo(letter);
      }
    }

    @Test
    void aLetterBeyondEightEnvelopesCannotBe() {
      assertThatThrownBy(() -> new Letter(Letter.Kind.MESSAGE, bytes(20_217)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void incompleteOrMixedPiecesAreRefused() {
      List<Piece> pieces = Envelopes.split(new Letter(Letter.Kind.MESSAGE, bytes(6000)));
      List<Piece> others = Envelopes.split(new Letter(Letter.Kind.PREKEY, bytes(6000)));

      isRefused(List.of());
      isRefused(pieces.subList(0, 2));
      isRefused(pieces.subList(1, 3));
      isRefused(List.of(pieces.get(1), pieces.get(0), pieces.get(2)));
      isRefused(List.of(pieces.get(0), others.get(1), pieces.get(2)));
      List<Piece> twice = new ArrayList<>(pieces);
      twice.add(pieces.get(2));
      isRefused(twice);
    }

    private void isRefused(List<Piece> pieces) {
      assertThatThrownBy(() -> Envelopes.join(pieces)).isInstanceOf(MalformedException.class);
    }
  }
}
