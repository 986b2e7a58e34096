package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.primitives.Ed25519.SigningKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlindedKeyTest {

  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 200;

  private final Random random = new Random(SEED);

  @Test
  void ownerAndWriterComputeTheSameKeyOfADay() {
    for (int round = 0; round < ROUNDS; round++) {
      try (SigningKey alice = key()) {
        long day = random.nextLong();

        assertThat(alice.blindedFor(day).publicKey())
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(BlindedKey.publicKey(alice.publicKey(), day).orElseThrow());
      }
    }
  }

  @Test
  void blindedSignaturesAreOrdinaryOnesToLibsodiumBouncyCastleAndTheJdk() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      BlindedKey alice = key().blindedFor(random.nextInt(100_000));
      byte[] message = bytes(random.nextInt(200));

      byte[] signature = alice.sign(message);

      assertThat(Ed25519.verify(alice.publicKey(), message, signature)).isTrue();
      assertThat(new BouncyCurves().ed25519Verify(alice.publicKey(), message, signature)).isTrue();
      assertThat(jdkVerifies(alice.publicKey(), message, signature)).isTrue();
    }
  }

  @Test
  void twoDaysHaveUnequalKeysAndSignaturesOfOneFailUnderTheOther() {
    try (SigningKey alice = key()) {
      BlindedKey today = alice.blindedFor(20_780);
      BlindedKey tomorrow = alice.blindedFor(20_781);
      byte[] message = ascii("fetch");

      assertThat(today.publicKey()).isNotEqualTo(tomorrow.publicKey());
      assertThat(Ed25519.verify(tomorrow.publicKey(), message, today.sign(message))).isFalse();
      assertThat(Ed25519.verify(alice.publicKey(), message, today.sign(message))).isFalse();
    }
  }

  @Test
  void anyFlippedBitOfASignatureIsRefused() {
    BlindedKey alice = key().blindedFor(1);
    byte[] message = ascii("delete");
    byte[] signature = alice.sign(message);

    for (int bit = 0; bit < signature.length * 8; bit++) {
      signature[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Ed25519.verify(alice.publicKey(), message, signature)).as("bit %d", bit).isFalse();
      signature[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void signingTwiceGivesTheSameSignatureAndAnotherMessageAnotherNonce() {
    BlindedKey alice = key().blindedFor(1);

    byte[] first = alice.sign(ascii("one"));

    assertThat(alice.sign(ascii("one"))).isEqualTo(first);
    assertThat(Hex.text(alice.sign(ascii("two"))).substring(0, 64))
        .isNotEqualTo(Hex.text(first).substring(0, 64));
  }

  /// The formula of the class comment, for other implementers to compare.
  @Test
  void aFixedSeedGivesAFixedKeyAndSignature() {
    SigningKey alice = SigningKey.ofSeed(new byte[32]);
    BlindedKey blinded = alice.blindedFor(20_780);

    assertThat(Hex.text(blinded.publicKey()))
        .isEqualTo("50ce0c0316ef5cd5a8ff060579e2cc79e6b5534bf2faab41e69353b5750f29df");
    assertThat(Hex.text(blinded.sign(ascii("waxwing"))))
        .isEqualTo(
            "0b881a3675b8e280a704505f40b8d5b639ee71df1a3c9f98dd48f016b3b31e57df1d122fa09cb6b7cf24fff31461bd4943a763f0d4436ce227e0c55220feb803");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  void aLastingKeyOfSmallOrderIsRefused(String point) {
    assertThat(BlindedKey.publicKey(Hex.bytes(point), 1)).isEmpty();
  }

  @Test
  void aLastingKeyOfWrongLengthIsRefused() {
    assertThat(BlindedKey.publicKey(new byte[31], 1)).isEmpty();
    assertThat(BlindedKey.publicKey(new byte[33], 1)).isEmpty();
  }

  @Test
  void aLastingKeyThatIsNoPointIsRefused() {
    byte[] noPoint = new byte[32];
    noPoint[0] = 2;

    assertThat(BlindedKey.publicKey(noPoint, 1)).isEmpty();
  }

  @Test
  void neitherKeyPrintsItself() {
    SigningKey alice = key();

    assertThat(alice.toString()).isEqualTo("SigningKey[redacted]");
    assertThat(alice.blindedFor(1).toString()).isEqualTo("BlindedKey[redacted]");
  }

  private static boolean jdkVerifies(byte[] publicKey, byte[] message, byte[] signature)
      throws Exception {
    byte[] encoded = Hex.bytes("302a300506032b6570032100" + Hex.text(publicKey));
    var key =
        (EdECPublicKey)
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    assertThat(key.getPoint().getY()).isGreaterThan(BigInteger.ONE);
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private SigningKey key() {
    return SigningKey.ofSeed(bytes(32));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
