package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Nonce (12 bytes), ChaCha20-Poly1305 ciphertext, tag (16 bytes), as envelopes and drawers are
/// sealed. Nonces are random, because a writer whose store was rolled back could seal a second
/// content under a key it used before.
final class Aead {
  static final int NONCE_SIZE = 12;
  static final int OVERHEAD = NONCE_SIZE + 16;

  private Aead() {}

  static ByteString seal(SecretBytes key, SecretBytes nonce, ByteString name, byte[] content) {
    byte[] iv = nonce.exposeSecret();
    try {
      byte[] sealed = run(Cipher.ENCRYPT_MODE, key, iv, name, content);
      return ByteString.copyOf(iv).plus(ByteString.copyOf(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ChaCha20-Poly1305", e);
    }
  }

  /// @throws MalformedException if anything of it was not sealed under this key for this name
  static byte[] open(SecretBytes key, ByteString name, ByteString sealed, String field)
      throws MalformedException {
    byte[] nonce = sealed.slice(0, NONCE_SIZE).toByteArray();
    byte[] ciphertext = sealed.slice(NONCE_SIZE, sealed.size()).toByteArray();
    try {
      return run(Cipher.DECRYPT_MODE, key, nonce, name, ciphertext);
    } catch (AEADBadTagException e) {
      throw new MalformedException(field, "was not sealed under this key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ChaCha20-Poly1305", e);
    }
  }

  private static byte[] run(int mode, SecretBytes key, byte[] nonce, ByteString name, byte[] input)
      throws GeneralSecurityException {
    byte[] exposed = key.exposeSecret();
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      cipher.init(mode, new SecretKeySpec(exposed, "ChaCha20"), new IvParameterSpec(nonce));
      cipher.updateAAD(name.toByteArray());
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }
}
