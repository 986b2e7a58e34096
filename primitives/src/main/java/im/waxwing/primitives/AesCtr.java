package im.waxwing.primitives;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256 in counter mode: key 32 bytes, initial counter block 16. Encrypting is decrypting.
///
/// It hides and does not authenticate. Reusable; one thread at a time.
public final class AesCtr {

  /// Bytes of a key.
  public static final int KEY_LENGTH = 32;

  /// Bytes of the initial counter block.
  public static final int COUNTER_LENGTH = 16;

  private final Cipher cipher = Jdk.cipher("AES/CTR/NoPadding");

  /// A machine to reuse.
  public AesCtr() {}

  /// Writes `input` XOR key stream into `output`. The two may be one array at one place, at the
  /// price of a copy.
  public void apply(
      byte[] key,
      int keyAt,
      byte[] counter,
      int counterAt,
      byte[] input,
      int inputAt,
      int length,
      byte[] output,
      int outputAt) {
    try {
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, keyAt, KEY_LENGTH, "AES"),
          new IvParameterSpec(counter, counterAt, COUNTER_LENGTH));
      cipher.doFinal(input, inputAt, length, output, outputAt);
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }
}
