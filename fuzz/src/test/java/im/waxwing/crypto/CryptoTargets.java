package im.waxwing.crypto;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.join;
import static im.waxwing.fuzz.Cases.repeat;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// What is sealed, and what people compare.
///
/// Where a seal stands before a layout, the first byte of an input says whether the rest is the
/// sealed thing (0) or what a contact who has the key seals (anything else).
public final class CryptoTargets {
  // The public keys of RFC 7748 §6.1
  private static final ByteString ALICE =
      identityKey("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  private static final ByteString BOB =
      identityKey("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");

  private static final SecretBytes KEY = SecretBytes.copyOf(repeat(1, 32));
  private static final SecretBytes NONCE = SecretBytes.copyOf(repeat(2, Sealing.NONCE_SIZE));
  private static final EnvelopeId ID = new EnvelopeId(run(3, EnvelopeId.SIZE));
  private static final DrawerHandle HANDLE = new DrawerHandle(run(4, DrawerHandle.SIZE));
  private static final byte[] SEALED = {0};
  private static final byte[] CLEAR = {1};

  private CryptoTargets() {}

  private static ByteString identityKey(String hex) {
    return run(5, 1).plus(ByteString.copyOf(HexFormat.of().parseHex(hex)));
  }

  public static List<Target> all() {
    return List.of(
        new Target(
            "envelope",
            Set.of("im.waxwing.crypto.Envelopes#open", "im.waxwing.crypto.Letter$Kind#decode"),
            CryptoTargets::openEnvelope,
            CryptoTargets::envelopes),
        Target.of(
            "letter-pieces",
            "im.waxwing.crypto.Envelopes#join",
            input -> Envelopes.join(pieces(input)),
            () ->
                new Cases()
                    .with("success-one", new byte[] {0, 0, 0})
                    .with("success-two", new byte[] {0, 1, 0, 0, 1, 1})
                    .with("none", new byte[0])
                    .with("one-missing", new byte[] {0, 1, 0})
                    .with("out-of-order", new byte[] {0, 1, 1, 0, 1, 0})
                    .with("two-kinds", new byte[] {0, 1, 0, 1, 1, 1})),
        Target.of(
            "drawer",
            "im.waxwing.crypto.Drawers#open",
            CryptoTargets::openDrawer,
            CryptoTargets::drawers),
        Target.of(
            "padding",
            "im.waxwing.crypto.Padding#unpad",
            Padding::unpad,
            () ->
                new Cases()
                    .with("success", Padding.pad(repeat(1, 200)))
                    .with("success-empty", Padding.pad(new byte[0]))
                    .with("nothing", new byte[0])
                    .with("only-zeros", new byte[Padding.STEP])
                    .with("wrong-length", new byte[] {1, (byte) 0x80, 0})),
        Target.of(
            "device-list-signature",
            "im.waxwing.crypto.Identity#isSignedDeviceList",
            CryptoTargets::verify,
            CryptoTargets::signatures),
        Target.of(
            "safety-number",
            "im.waxwing.crypto.SafetyNumber#between",
            input -> SafetyNumber.between(ALICE, ByteString.copyOf(input)).digits(),
            () ->
                new Cases()
                    .with("success", BOB)
                    .with("cut-short", BOB.slice(0, 32))
                    .with("unknown-kind-of-key", set(BOB.toByteArray(), 0, 9))
                    .with("low-order", join(new byte[] {5}, new byte[32]))),
        Target.of(
            "scanned-safety-number",
            "im.waxwing.crypto.SafetyNumber#matches",
            input -> Compared.ALICE_AND_BOB.matches(ByteString.copyOf(input)),
            () ->
                new Cases()
                    .with("success-matching", SafetyNumber.between(BOB, ALICE).scannable())
                    .with("success-another", SafetyNumber.between(BOB, BOB).scannable())
                    .with("something-else", "https://example.org/")),
        Target.of(
            "highest-seen",
            "im.waxwing.crypto.SendingLane#jumpPast",
            input ->
                SendingLane.of(new LaneSeed(KEY))
                    .jumpPast(ByteBuffer.wrap(Arrays.copyOf(input, Long.BYTES)).getLong()),
            () ->
                new Cases()
                    .with("success-behind", repeat(0xFF, 8))
                    .with("success-ahead", new byte[] {0, 0, 0, 0, 0, 0, 1, 0})
                    .with("too-far-ahead", new byte[] {0, 0, 0, 0, 0, 1, 0, 0})));
  }

  private static void openEnvelope(byte[] input) throws MalformedException {
    byte[] rest = rest(input);
    ByteString sealed =
        isSealed(input)
            ? ByteString.copyOf(Arrays.copyOf(rest, Envelope.SIZE))
            : Sealing.seal(KEY, NONCE, ID.bytes(), Arrays.copyOf(rest, Envelopes.CONTENT_SIZE));
    Envelopes.open(ID, KEY, new Envelope(sealed));
  }

  private static Cases envelopes() {
    Piece piece = new Piece(Letter.Kind.MESSAGE, 0, 1, run(5, 30));
    Envelope sealed = Envelopes.seal(new EnvelopeKeys(0, ID, KEY), piece, NONCE);
    byte[] content = content(2, 0, 1, 30);
    return new Cases()
        .with("success", join(SEALED, sealed.bytes().toByteArray()))
        .with("success-by-contact", content)
        .with("altered", join(SEALED, Cases.flip(sealed.bytes().toByteArray(), 20)))
        .with("unknown-kind", content(9, 0, 1, 30))
        .with("index-not-below-count", content(1, 1, 1, 30))
        .with("no-pieces", content(1, 0, 0, 30))
        .with("too-many-pieces", content(1, 0, 9, 30))
        .with("empty-piece", content(1, 0, 1, 0))
        .with("short-piece-before-the-last", content(1, 0, 2, 30))
        .with("longer-than-envelope", content(1, 0, 1, 60_000))
        .with("padding-not-zero", join(content, repeat(1, 100)));
  }

  private static byte[] content(int kind, int index, int count, int length) {
    byte[] fields = {(byte) kind, (byte) index, (byte) count, (byte) (length >> 8), (byte) length};
    return join(CLEAR, fields, repeat(5, Math.min(length, 100)));
  }

  /// Three bytes a piece: kind, count, index.
  private static List<Piece> pieces(byte[] input) throws MalformedException {
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at + 3 <= input.length; at += 3) {
      int count = 1 + (input[at + 1] & 7);
      int index = Byte.toUnsignedInt(input[at + 2]) % count;
      int size = index < count - 1 ? Piece.MAX_SIZE : 100;
      Letter.Kind kind = Letter.Kind.decode(1 + (input[at] & 1));
      pieces.add(new Piece(kind, index, count, run(1, size)));
    }
    return pieces;
  }

  private static void openDrawer(byte[] input) throws MalformedException {
    byte[] rest = rest(input);
    ByteString sealed =
        isSealed(input)
            ? ByteString.copyOf(rest)
            : Sealing.seal(
                KEY,
                NONCE,
                HANDLE.bytes(),
                Arrays.copyOf(rest, Drawers.SEALED_SIZE - Sealing.OVERHEAD));
    Drawers.open(KEY, HANDLE, sealed);
  }

  private static Cases drawers() {
    byte[] sealed = Drawers.seal(KEY, HANDLE, run(6, 50), NONCE).toByteArray();
    return new Cases()
        .with("success", join(SEALED, sealed))
        .with("success-by-contact", join(CLEAR, new byte[] {0, 2, 7, 7}))
        .with("altered", join(SEALED, Cases.flip(sealed, -1)))
        .with("cut-short", join(SEALED, cut(sealed, 11)))
        .with("content-longer-than-drawer", join(CLEAR, repeat(0xFF, 4)))
        .with("padding-not-zero", join(CLEAR, new byte[] {0, 1, 7, 7}));
  }

  /// Key 33 ‖ signature 64 ‖ list.
  private static void verify(byte[] input) throws MalformedException {
    byte[] padded = Arrays.copyOf(input, Math.max(input.length, 97));
    ByteString all = ByteString.copyOf(padded);
    Identity.isSignedDeviceList(all.slice(0, 33), all.slice(97, all.size()), all.slice(33, 97));
  }

  private static Cases signatures() {
    Identity alice = Identity.generate();
    ByteString list = run(1, 40);
    ByteString signed = alice.publicKey().plus(alice.signDeviceList(list)).plus(list);
    return new Cases()
        .with("success-genuine", signed)
        .with("success-forged", Cases.flip(signed.toByteArray(), -1))
        .with("low-order-key", join(new byte[] {5}, new byte[96]))
        .with("unknown-kind-of-key", set(signed.toByteArray(), 0, 1));
  }

  private static boolean isSealed(byte[] input) {
    return input.length == 0 || input[0] == 0;
  }

  private static byte[] rest(byte[] input) {
    return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
  }

  /// Takes a while to make.
  private static final class Compared {
    static final SafetyNumber ALICE_AND_BOB = number();

    private static SafetyNumber number() {
      try {
        return SafetyNumber.between(ALICE, BOB);
      } catch (MalformedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
