package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names of documents, in the folder and between authorities.
final class Documents {
  static final int EPOCHS_KEPT = 8;

  private Documents() {}

  /// SHA-256.
  static ByteString hash(ByteString document) {
    try {
      byte[] bytes = document.toByteArray();
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The epoch in a file's name, `kind-EPOCH`.
  static long epochOf(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
  }
}
