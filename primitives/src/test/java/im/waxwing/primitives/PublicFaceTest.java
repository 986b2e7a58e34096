package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.primitives.Ed25519.SigningKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lengths and refusals of the classes others call.
class PublicFaceTest {

  @Test
  void aliceAndBobAgree() {
    byte[] alice = bytes(1);
    byte[] bob = bytes(2);

    assertThat(X25519.agree(alice, X25519.publicKey(bob)).orElseThrow())
        .isEqualTo(X25519.agree(bob, X25519.publicKey(alice)).orElseThrow());
  }

  @Test
  void aPointOfLowOrderGivesNoSharedValue() {
    assertThat(CurvesTest.lowOrderPoints())
        .allSatisfy(point -> assertThat(X25519.agree(bytes(1), point)).isEmpty());
  }

  @Test
  void aScalarOfWrongLengthIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> X25519.publicKey(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> X25519.agree(new byte[32], new byte[33]));
    assertThatThrownBy(() -> X25519.agree(new byte[32], 1, new byte[32], 0, new byte[32], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aSignatureOrKeyOfWrongLengthIsNoSignature() {
    SigningKey alice = SigningKey.ofSeed(bytes(1));
    byte[] signature = alice.sign(new byte[5]);

    assertThat(Ed25519.verify(alice.publicKey(), new byte[5], signature)).isTrue();
    assertThat(Ed25519.verify(new byte[31], new byte[5], signature)).isFalse();
    assertThat(Ed25519.verify(alice.publicKey(), new byte[5], new byte[63])).isFalse();
    assertThat(Ed25519.verify(alice.publicKey(), new byte[5], new byte[65])).isFalse();
  }

  @Test
  void aClosedKeyNoLongerSigns() {
    SigningKey alice = SigningKey.ofSeed(bytes(1));

    alice.close();

    assertThat(Ed25519.verify(alice.publicKey(), new byte[5], alice.sign(new byte[5]))).isFalse();
  }

  @Test
  void aBlakeKeyBeyond64BytesIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> Blake2b.hash(new byte[65], new byte[0]));
  }

  @Test
  void equalityLooksAtEveryByte() {
    byte[] left = bytes(1);
    for (int i = 0; i < left.length; i++) {
      byte[] right = left.clone();
      assertThat(ConstantTime.equal(left, right)).isTrue();
      right[i] ^= 1;
      assertThat(ConstantTime.equal(left, right)).isFalse();
    }
    assertThat(ConstantTime.equal(left, new byte[31])).isFalse();
  }

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
