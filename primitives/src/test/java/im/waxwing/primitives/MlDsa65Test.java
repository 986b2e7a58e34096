package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MlDsa65Test {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] WORDS = {1, 2, 3};

  private final MlDsa65.SigningKey alice = MlDsa65.SigningKey.generate(RANDOM);

  @Test
  void aSignatureIsItsOwnersOverItsMessage() {
    byte[] signature = alice.sign(WORDS, RANDOM);

    assertThat(signature).hasSize(MlDsa65.SIGNATURE_LENGTH);
    assertThat(MlDsa65.verify(alice.publicKey(), WORDS, signature)).isTrue();
    assertThat(MlDsa65.verify(alice.publicKey(), new byte[3], signature)).isFalse();
    byte[] mallory = MlDsa65.SigningKey.generate(RANDOM).publicKey();
    assertThat(MlDsa65.verify(mallory, WORDS, signature)).isFalse();
  }

  @Test
  void anyFlippedBitOfASignatureIsNoticed() {
    byte[] signature = alice.sign(WORDS, RANDOM);

    for (int at = 0; at < signature.length; at += 97) {
      byte[] flipped = signature.clone();
      flipped[at] ^= 1;
      assertThat(MlDsa65.verify(alice.publicKey(), WORDS, flipped)).as("byte %s", at).isFalse();
    }
  }

  @Test
  void aKeySignsAfterItWasWrittenDown() {
    MlDsa65.SigningKey read = MlDsa65.SigningKey.of(alice.publicKey(), alice.exposeSecret());

    assertThat(MlDsa65.verify(alice.publicKey(), WORDS, read.sign(WORDS, RANDOM))).isTrue();
  }

  @Test
  void bytesThatAreNoKeyOrNoSignatureAreNotASignature() {
    byte[] signature = alice.sign(WORDS, RANDOM);
    byte[] junk = new byte[MlDsa65.PUBLIC_KEY_LENGTH];
    Arrays.fill(junk, (byte) 0xFF);

    assertThat(MlDsa65.verify(junk, WORDS, signature)).isFalse();
    assertThat(MlDsa65.verify(new byte[3], WORDS, signature)).isFalse();
    assertThat(MlDsa65.verify(alice.publicKey(), WORDS, new byte[3])).isFalse();
    assertThat(MlDsa65.verify(alice.publicKey(), WORDS, new byte[signature.length])).isFalse();
  }

  @Test
  void aKeyOfWrongLengthIsABug() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MlDsa65.SigningKey.of(new byte[3], alice.exposeSecret()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MlDsa65.SigningKey.of(alice.publicKey(), new byte[3]));
  }
}
