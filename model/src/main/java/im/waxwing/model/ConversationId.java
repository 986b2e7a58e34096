package im.waxwing.model;

import im.waxwing.base.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names a conversation on the devices of its members; nodes never see it.
public record ConversationId(ByteString bytes) {
  public static final int SIZE = 16;

  public ConversationId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("ConversationId needs " + SIZE + " bytes");
    }
  }

  /// The conversation of two accounts, the same computed on either side (envelope.md §1).
  public static ConversationId between(AccountId one, AccountId other) {
    boolean ordered = one.bytes().compareTo(other.bytes()) <= 0;
    AccountId first = ordered ? one : other;
    AccountId second = ordered ? other : one;
    MessageDigest sha256 = sha256();
    sha256.update("waxwing conversation v1".getBytes(StandardCharsets.US_ASCII));
    sha256.update(first.bytes().toByteArray());
    sha256.update(second.bytes().toByteArray());
    return new ConversationId(ByteString.copyOf(sha256.digest(), 0, SIZE));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ConversationId[redacted]";
  }
}
