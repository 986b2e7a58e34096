package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final ByteString LIST = ByteString.ofHex("0102030405");

  private final Identity alice = Identity.generate();
  private final Identity bob = Identity.generate();
  private final Identity mallory = Identity.generate();

  @Test
  void anIdentityComesBackWhole() {
    Identity restored = Identity.restore(alice.exposeSecret());

    assertThat(restored.publicKey()).isEqualTo(alice.publicKey());
    assertThat(restored.account()).isEqualTo(alice.account());
    assertThat(restored.registrationId()).isEqualTo(alice.registrationId());
  }

  @Test
  void garbageIsNoIdentity() {
    assertThatThrownBy(() -> Identity.restore(SecretBytes.generate(40)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theAccountIsTheHashOfTheKey() {
    assertThat(alice.publicKey().size()).isEqualTo(33);
    assertThat(Identity.accountOf(alice.publicKey())).isEqualTo(alice.account());
    assertThat(alice.account()).isNotEqualTo(bob.account());
    assertThat(alice.registrationId()).isBetween(1, 16_380);
  }

  @Nested
  class DeviceLists {
    private final ByteString signature = alice.signDeviceList(LIST);

    @Test
    void aSignedListIsRecognised() throws Exception {
      assertThat(Identity.isSignedDeviceList(alice.publicKey(), LIST, signature)).isTrue();
    }

    @Test
    void anythingElseIsNot() throws Exception {
      ByteString other = LIST.plus(ByteString.ofHex("00"));

      assertThat(Identity.isSignedDeviceList(bob.publicKey(), LIST, signature)).isFalse();
      assertThat(Identity.isSignedDeviceList(alice.publicKey(), other, signature)).isFalse();
      assertThat(Identity.isSignedDeviceList(alice.publicKey(), LIST, signature.slice(0, 63)))
          .isFalse();
      assertThat(Identity.isSignedDeviceList(alice.publicKey(), LIST, ByteString.EMPTY)).isFalse();
    }

    @Test
    void aKeyOfLowOrderSignsNothing() {
      ByteString lowOrder = ByteString.ofHex("05" + "00".repeat(32));

      assertThatThrownBy(() -> Identity.isSignedDeviceList(lowOrder, LIST, signature))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Nested
  class SafetyNumbers {
    @Test
    void bothSeeTheSameSixtyDigits() throws Exception {
      SafetyNumber mine = SafetyNumber.between(alice.publicKey(), bob.publicKey());
      SafetyNumber theirs = SafetyNumber.between(bob.publicKey(), alice.publicKey());

      assertThat(mine.digits()).matches("[0-9]{60}").isEqualTo(theirs.digits());
      assertThat(mine.matches(theirs.scannable())).isTrue();
      assertThat(theirs.matches(mine.scannable())).isTrue();
    }

    @Test
    void someoneInBetweenIsNoticed() throws Exception {
      SafetyNumber mine = SafetyNumber.between(alice.publicKey(), mallory.publicKey());
      SafetyNumber theirs = SafetyNumber.between(bob.publicKey(), mallory.publicKey());

      assertThat(mine.digits()).isNotEqualTo(theirs.digits());
      assertThat(mine.matches(theirs.scannable())).isFalse();
    }

    @Test
    void somethingElseScannedIsRefused() throws Exception {
      SafetyNumber mine = SafetyNumber.between(alice.publicKey(), bob.publicKey());

      assertThatThrownBy(() -> mine.matches(ByteString.ofHex("ffff")))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(() -> SafetyNumber.between(alice.publicKey(), ByteString.EMPTY))
          .isInstanceOf(MalformedException.class);
    }
  }
}
