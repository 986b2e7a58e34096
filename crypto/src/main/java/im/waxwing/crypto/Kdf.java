package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 and HKDF-SHA256 as the lanes and invitations use them (envelope.md §7).
final class Kdf {
  private Kdf() {}

  static byte[] hmac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  /// 32 bytes by HKDF with an empty salt; the info is the label alone.
  static SecretBytes hkdf(SecretBytes secret, String label) {
    byte[] key = secret.exposeSecret();
    try {
      byte[] derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(key)
                      .thenExpand(label.getBytes(StandardCharsets.US_ASCII), 32));
      SecretBytes result = SecretBytes.copyOf(derived);
      Arrays.fill(derived, (byte) 0);
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// label, mailbox key, day: what id and key of an envelope depend on besides the lane.
  static byte[] input(String label, MailboxKey reader, Day day) {
    byte[] ascii = label.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(ascii.length + MailboxKey.SIZE + Integer.BYTES)
        .put(ascii)
        .put(reader.bytes().toByteArray())
        .putInt((int) day.number())
        .array();
  }
}
