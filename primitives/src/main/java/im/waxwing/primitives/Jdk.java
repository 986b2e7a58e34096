package im.waxwing.primitives;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;

/// Algorithms every JDK 25 has; their absence is a broken installation.
final class Jdk {

  private Jdk() {}

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException cause) {
      throw broken(cause);
    }
  }

  static Mac mac(String algorithm) {
    try {
      return Mac.getInstance(algorithm);
    } catch (NoSuchAlgorithmException cause) {
      throw broken(cause);
    }
  }

  static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation);
    } catch (NoSuchAlgorithmException | NoSuchPaddingException cause) {
      throw broken(cause);
    }
  }

  static IllegalStateException broken(GeneralSecurityException cause) {
    return new IllegalStateException("this Java installation lacks an algorithm", cause);
  }
}
