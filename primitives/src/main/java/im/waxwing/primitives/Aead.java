package im.waxwing.primitives;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// ChaCha20-Poly1305 (RFC 8439): key 32 bytes, nonce 12, tag 16 at the end of the sealed text.
///
/// A nonce must never be used twice under one key. Safe for many threads.
public final class Aead {

  /// Bytes of a key.
  public static final int KEY_LENGTH = 32;

  /// Bytes of a nonce.
  public static final int NONCE_LENGTH = 12;

  /// Bytes by which the sealed text is longer than the clear one.
  public static final int TAG_LENGTH = 16;

  private Aead() {}

  /// Ciphertext and tag; `associated` is authenticated but not contained.
  public static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] clear) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(clear);
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }

  /// The clear text, or empty when anything was changed, cut, or made under another key. `sealed`
  /// may be any bytes a stranger sent.
  public static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed) {
    if (sealed.length < TAG_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Lengths.exactly("a ChaCha20-Poly1305 key", key, KEY_LENGTH);
    Lengths.exactly("a ChaCha20-Poly1305 nonce", nonce, NONCE_LENGTH);
    Cipher cipher = Jdk.cipher("ChaCha20-Poly1305");
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
