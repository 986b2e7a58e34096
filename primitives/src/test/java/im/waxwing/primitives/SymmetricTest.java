package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SymmetricTest {

  private static final byte[] SUNSCREEN =
      ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
              + " future, sunscreen would be it.")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AEAD_KEY =
      Hex.bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  private static final byte[] AEAD_NONCE = Hex.bytes("070000004041424344454647");
  private static final byte[] AEAD_ASSOCIATED = Hex.bytes("50515253c0c1c2c3c4c5c6c7");

  @Test
  void authenticatesAsRfc4231Case2Says() {
    assertThat(Hex.text(Hmac.of(ascii("Jefe"), ascii("what do ya want for nothing?"))))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void hashesALongKeyFirstAsRfc4231Case6Says() {
    byte[] key = new byte[131];
    Arrays.fill(key, (byte) 0xaa);

    assertThat(
            Hex.text(Hmac.of(key, ascii("Test Using Larger Than Block-Size Key - Hash Key First"))))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @Test
  void authenticatesLikeTheJdk() throws Exception {
    var random = new Random(2104);
    var hmac = new Hmac();
    for (int round = 0; round < 500; round++) {
      byte[] key = new byte[1 + random.nextInt(150)];
      byte[] data = new byte[random.nextInt(300)];
      random.nextBytes(key);
      random.nextBytes(data);
      Mac jdk = Mac.getInstance("HmacSHA256");
      jdk.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] code = new byte[32];

      hmac.start(key, 0, key.length).update(data, 0, data.length).finish(code, 0);
      assertThat(code).as("seed 2104, round %d", round).isEqualTo(jdk.doFinal(data));

      hmac.restart().update(data, 0, data.length).finish(code, 0);
      assertThat(code).as("again under the same key").isEqualTo(jdk.doFinal(data));
    }
  }

  @Test
  void derivesAsRfc5869Case1Says() {
    byte[] secret = new byte[22];
    Arrays.fill(secret, (byte) 0x0b);
    byte[] key = Hkdf.extract(Hex.bytes("000102030405060708090a0b0c"), secret);

    assertThat(Hex.text(key))
        .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    assertThat(Hex.text(Hkdf.expand(key, Hex.bytes("f0f1f2f3f4f5f6f7f8f9"), 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void derivesAsRfc5869Case2Says() {
    assertThat(Hex.text(Hkdf.derive(sequence(0x60, 80), sequence(0, 80), sequence(0xb0, 80), 82)))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void derivesWithoutSaltAndInfoAsRfc5869Case3Says() {
    byte[] secret = new byte[22];
    Arrays.fill(secret, (byte) 0x0b);

    assertThat(Hex.text(Hkdf.derive(new byte[0], secret, new byte[0], 42)))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void derivesUpTo255BlocksAndNoMore() {
    assertThat(Hkdf.expand(new byte[32], new byte[0], 8_160)).hasSize(8_160);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 8_161));
  }

  @Test
  void sealsAsRfc8439Section282Says() {
    assertThat(Hex.text(Aead.seal(AEAD_KEY, AEAD_NONCE, AEAD_ASSOCIATED, SUNSCREEN)))
        .isEqualTo(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
                + "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
                + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
                + "3ff4def08e4b7a9de576d26586cec64b6116"
                + "1ae10b594f09e26a7e902ecbd0600691");
  }

  @Test
  void opensWhatItSealedAndNothingElse() {
    byte[] sealed = Aead.seal(AEAD_KEY, AEAD_NONCE, AEAD_ASSOCIATED, SUNSCREEN);

    assertThat(Aead.open(AEAD_KEY, AEAD_NONCE, AEAD_ASSOCIATED, sealed)).contains(SUNSCREEN);
    assertThat(Aead.open(AEAD_KEY, AEAD_NONCE, new byte[0], sealed)).isEmpty();
    assertThat(Aead.open(new byte[32], AEAD_NONCE, AEAD_ASSOCIATED, sealed)).isEmpty();
    for (int length = 0; length < sealed.length; length++) {
      assertThat(Aead.open(AEAD_KEY, AEAD_NONCE, AEAD_ASSOCIATED, Arrays.copyOf(sealed, length)))
          .isEmpty();
    }
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Aead.open(AEAD_KEY, AEAD_NONCE, AEAD_ASSOCIATED, flipped)).isEmpty();
    }
  }

  @Test
  void streamsAsRfc8439AppendixA1Says() {
    byte[] data = new byte[64];
    ChaCha20.apply(new byte[32], 0, data, 0, 64);

    assertThat(Hex.text(data))
        .isEqualTo(
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
                + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586");
  }

  @Test
  void aUsedStreamTakesTheSameKeyAgain() {
    byte[] data = new byte[200];

    ChaCha20.apply(new byte[32], 0, data, 10, 100);
    ChaCha20.apply(new byte[32], 0, data, 10, 100);

    assertThat(data).containsOnly(0);
  }

  // NIST SP 800-38A F.5.5
  @Test
  void countsAsNistSays() {
    byte[] output = new byte[16];
    new AesCtr()
        .apply(
            Hex.bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
            0,
            sequence(0xf0, 16),
            0,
            Hex.bytes("6bc1bee22e409f96e93d7e117393172a"),
            0,
            16,
            output,
            0);

    assertThat(Hex.text(output)).isEqualTo("601ec313775789a5b7a7f504bbf3d228");
  }

  private static byte[] sequence(int first, int length) {
    byte[] sequence = new byte[length];
    for (int i = 0; i < length; i++) {
      sequence[i] = (byte) (first + i);
    }
    return sequence;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
