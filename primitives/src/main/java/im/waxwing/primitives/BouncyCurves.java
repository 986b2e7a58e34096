package im.waxwing.primitives;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// [Curves] by BouncyCastle.
final class BouncyCurves implements Curves {

  private static final ChaCha20ParameterSpec START = new ChaCha20ParameterSpec(new byte[12], 0);

  @Override
  public boolean x25519(
      byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] shared, int sharedAt) {
    return X25519.calculateAgreement(scalar, scalarAt, point, pointAt, shared, sharedAt);
  }

  @Override
  public void x25519Base(byte[] scalar, byte[] point) {
    X25519.scalarMultBase(scalar, 0, point, 0);
  }

  @Override
  public void blake2b(
      byte[] key, int keyAt, int keyLength, byte[] data, int at, int length, byte[] hash) {
    var digest =
        new Blake2bDigest(
            Arrays.copyOfRange(key, keyAt, keyAt + keyLength), hash.length, null, null);
    digest.update(data, at, length);
    digest.doFinal(hash, 0);
  }

  /// By the JDK, which is faster here. The cipher is a fresh one each time, as the JDK's refuses to
  /// start twice with one key, and a node may be sent one packet twice.
  @Override
  public void chaCha20(byte[] key, int keyAt, byte[] data, int at, int length) {
    try {
      Cipher cipher = Jdk.cipher("ChaCha20");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, keyAt, 32, "ChaCha20"), START);
      cipher.doFinal(data, at, length, data, at);
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }

  @Override
  public void ed25519PublicKey(byte[] seed, byte[] publicKey) {
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  @Override
  public void ed25519Sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
  }

  @Override
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }
}
