package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import java.util.Arrays;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.ecc.ECPrivateKey;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.kem.KEMPublicKey;

/// Takes in public keys from outside.
///
/// libsignal 0.86.5 agrees with points of low order, whose agreement is all zero whatever the own
/// key is; they are found by trying, and refused.
final class Keys {
  private static final ECPrivateKey PROBE = probe();

  private Keys() {}

  private static ECPrivateKey probe() {
    NativeCode.enter();
    return ECPrivateKey.generate();
  }

  /// @throws InvalidKeyException if it is no X25519 key, or one of low order
  static ECPublicKey publicKey(ByteString bytes) throws InvalidKeyException {
    if (bytes.size() != Identity.PUBLIC_KEY_SIZE) {
      throw new InvalidKeyException("an X25519 key has 33 bytes");
    }
    return checked(new ECPublicKey(bytes.toByteArray()));
  }

  static ECPublicKey checked(ECPublicKey key) throws InvalidKeyException {
    byte[] agreement = PROBE.calculateAgreement(key);
    int sum = 0;
    for (byte b : agreement) {
      sum |= b;
    }
    Arrays.fill(agreement, (byte) 0);
    if (sum == 0) {
      throw new InvalidKeyException("an X25519 key of low order");
    }
    return key;
  }

  static KEMPublicKey kyber(ByteString bytes) throws InvalidKeyException {
    return new KEMPublicKey(bytes.toByteArray());
  }
}
