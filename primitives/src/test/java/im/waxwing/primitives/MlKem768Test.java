package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.waxwing.primitives.MlKem768.DecapsulationKey;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.junit.jupiter.api.Test;

/// Held against BouncyCastle, whose code shares nothing with the JDK's.
class MlKem768Test {

  private final Random random = new Random(768);

  @Test
  void keysCiphertextsAndSecretsAreThoseOfAnotherLibrary() {
    for (int i = 0; i < 50; i++) {
      byte[] seed = bytes(64);
      byte[] randomness = bytes(32);
      DecapsulationKey alice = DecapsulationKey.ofSeed(seed);
      var theirs = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
      assertThat(alice.publicKey()).isEqualTo(theirs.getPublicKey());

      Encapsulated made = Encapsulated.of(alice, randomness);
      SecretWithEncapsulation other =
          MLKEMGenerator.internalGenerateEncapsulated(
              new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, alice.publicKey()),
              randomness);

      assertThat(made.ciphertext).isEqualTo(other.getEncapsulation());
      assertThat(made.secret).isEqualTo(other.getSecret());
      assertThat(opened(alice, made.ciphertext, 0)).isEqualTo(made.secret);
      assertThat(new MLKEMExtractor(theirs).extractSecret(made.ciphertext)).isEqualTo(made.secret);
    }
  }

  @Test
  void aChangedCiphertextGivesTheSameOtherSecretAsAnotherLibrary() {
    byte[] seed = bytes(64);
    DecapsulationKey alice = DecapsulationKey.ofSeed(seed);
    Encapsulated made = Encapsulated.of(alice, bytes(32));
    byte[] changed = made.ciphertext.clone();
    changed[700] ^= 1;

    assertThat(opened(alice, changed, 0))
        .isNotEqualTo(made.secret)
        .isEqualTo(
            new MLKEMExtractor(new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed))
                .extractSecret(changed));
  }

  @Test
  void aCiphertextMayStandAnywhereInAnArray() {
    DecapsulationKey alice = DecapsulationKey.ofSeed(bytes(64));
    Encapsulated made = Encapsulated.of(alice, bytes(32));
    byte[] packet = new byte[2_000];
    System.arraycopy(made.ciphertext, 0, packet, 321, MlKem768.CIPHERTEXT_LENGTH);

    assertThat(opened(alice, packet, 321)).isEqualTo(made.secret);
  }

  /// FIPS 203 §7.2: a coefficient is at most 3,328.
  @Test
  void aKeyWithACoefficientOutOfRangeIsNone() {
    byte[] key = DecapsulationKey.ofSeed(bytes(64)).publicKey();
    key[0] = 0x01; // 3,329, little-endian in 12 bits
    key[1] = (byte) ((key[1] & 0xf0) | 0x0d);
    assertThat(isKey(key)).isFalse();

    key[0] = 0x00;
    assertThat(isKey(key)).isTrue();

    Arrays.fill(key, 1_149, 1_152, (byte) 0xff);
    assertThat(isKey(key)).isFalse();
  }

  @Test
  void aClosedKeyNoLongerDecapsulates() {
    DecapsulationKey alice = DecapsulationKey.ofSeed(bytes(64));
    Encapsulated made = Encapsulated.of(alice, bytes(32));

    alice.close();

    assertThat(opened(alice, made.ciphertext, 0)).isNotEqualTo(made.secret);
  }

  @Test
  void aWrongLengthIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> DecapsulationKey.ofSeed(new byte[32]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MlKem768.encapsulate(
                    new byte[1_183], new byte[32], new byte[1_088], 0, new byte[32]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MlKem768.encapsulate(
                    new byte[1_184], new byte[31], new byte[1_088], 0, new byte[32]));
  }

  @Test
  void theSecretIsNotInTheText() {
    assertThat(DecapsulationKey.ofSeed(bytes(64)).toString())
        .isEqualTo("DecapsulationKey[redacted]");
  }

  private static final class Encapsulated {
    final byte[] ciphertext = new byte[MlKem768.CIPHERTEXT_LENGTH];
    final byte[] secret = new byte[MlKem768.SECRET_LENGTH];

    static Encapsulated of(DecapsulationKey key, byte[] randomness) {
      var made = new Encapsulated();
      assertThat(MlKem768.encapsulate(key.publicKey(), randomness, made.ciphertext, 0, made.secret))
          .isTrue();
      return made;
    }
  }

  private static byte[] opened(DecapsulationKey key, byte[] ciphertext, int at) {
    byte[] secret = new byte[MlKem768.SECRET_LENGTH];
    key.decapsulate(ciphertext, at, secret);
    return secret;
  }

  private boolean isKey(byte[] key) {
    return MlKem768.encapsulate(key, bytes(32), new byte[1_088], 0, new byte[32]);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
