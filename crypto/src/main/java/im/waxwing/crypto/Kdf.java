package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import im.waxwing.primitives.Hkdf;
import im.waxwing.primitives.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// HMAC-SHA256 and HKDF-SHA256 as the lanes and invitations use them (envelope.md §7).
final class Kdf {
  private static final byte[] NO_SALT = {};
  private static final int SIZE = 32;

  private Kdf() {}

  static byte[] hmac(byte[] key, byte[] input) {
    return Hmac.of(key, input);
  }

  /// `bytes` as a secret; the array is wiped.
  static SecretBytes secret(byte[] bytes) {
    SecretBytes secret = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }

  /// 32 bytes by HKDF with an empty salt; the info is the label alone.
  static SecretBytes hkdf(SecretBytes secret, String label) {
    byte[] key = secret.exposeSecret();
    byte[] derived = Hkdf.derive(NO_SALT, key, label.getBytes(StandardCharsets.US_ASCII), SIZE);
    Arrays.fill(key, (byte) 0);
    return secret(derived);
  }

  /// label, mailbox key, day, way: what id and key of an envelope depend on besides the lane.
  static byte[] input(String label, MailboxKey reader, Day day, Way way) {
    byte[] ascii = label.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(ascii.length + MailboxKey.SIZE + Integer.BYTES + 1)
        .put(ascii)
        .put(reader.bytes().toByteArray())
        .putInt((int) day.number())
        .put((byte) way.code())
        .array();
  }
}
