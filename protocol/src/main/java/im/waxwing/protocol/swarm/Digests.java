package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, whole or cut short.
final class Digests {
  static final int HASH_SIZE = 32;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ByteString sha256(ByteString bytes) {
    return ByteString.copyOf(sha256().digest(bytes.toByteArray()));
  }
}
