package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.signal.libsignal.protocol.ecc.ECKeyPair;

class LibsignalPackagingTest {
  private static final ClassLoader LOADER = ECKeyPair.class.getClassLoader();

  @Test
  void theStrippedLibraryOnTheLibraryPathSignsAndVerifies() {
    var pair = ECKeyPair.generate();
    var message = "a letter".getBytes(StandardCharsets.US_ASCII);

    var signature = pair.getPrivateKey().calculateSignature(message);

    assertThat(pair.getPublicKey().verifySignature(message, signature)).isTrue();
    message[0] ^= 1;
    assertThat(pair.getPublicKey().verifySignature(message, signature)).isFalse();
  }

  @Test
  void noNativeLibraryTravelsInsideTheJarToBeCopiedAtEveryStart() {
    assertThat(LOADER.getResource("libsignal_jni_amd64.so")).isNull();
    assertThat(LOADER.getResource("libsignal_jni_testing_amd64.so")).isNull();
    assertThat(ECKeyPair.class.getModule().isNamed()).isTrue();
  }
}
