package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.primitives.Aead;
import java.util.Arrays;
import java.util.Optional;

/// Nonce (12 bytes), ChaCha20-Poly1305 ciphertext, tag (16 bytes), as envelopes and drawers are
/// sealed. Nonces are random, because a writer whose store was rolled back could seal a second
/// content under a key it used before.
final class Sealing {
  static final int NONCE_SIZE = Aead.NONCE_LENGTH;
  static final int OVERHEAD = NONCE_SIZE + Aead.TAG_LENGTH;

  private Sealing() {}

  /// @param name authenticated, not contained
  static ByteString seal(SecretBytes key, SecretBytes nonce, ByteString name, byte[] content) {
    byte[] exposed = key.exposeSecret();
    try {
      byte[] iv = nonce.exposeSecret();
      byte[] sealed = Aead.seal(exposed, iv, name.toByteArray(), content);
      return ByteString.copyOf(iv).plus(ByteString.copyOf(sealed));
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  /// @throws MalformedException if anything of it was not sealed under this key for this name
  static byte[] open(SecretBytes key, ByteString name, ByteString sealed, String field)
      throws MalformedException {
    byte[] exposed = key.exposeSecret();
    try {
      byte[] nonce = sealed.slice(0, NONCE_SIZE).toByteArray();
      byte[] ciphertext = sealed.slice(NONCE_SIZE, sealed.size()).toByteArray();
      Optional<byte[]> content = Aead.open(exposed, nonce, name.toByteArray(), ciphertext);
      return content.orElseThrow(
          () -> new MalformedException(field, "was not sealed under this key"));
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }
}
