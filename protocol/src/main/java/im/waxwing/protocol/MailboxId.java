package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The address of a mailbox on one day at a node: the hash of the two keys that rule it (mailbox.md
/// §2).
public record MailboxId(ByteString bytes) {
  public static final int SIZE = 32;

  public MailboxId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("MailboxId needs " + SIZE + " bytes");
    }
  }

  /// SHA-256("waxwing mailbox v1" ‖ owner key ‖ deposit key ‖ u32 day)
  public static MailboxId of(VerifyingKey owner, VerifyingKey depositor, Day day) {
    byte[] input =
        new FieldWriter(96)
            .label("waxwing mailbox v1")
            .bytes(owner.bytes())
            .bytes(depositor.bytes())
            .day(day)
            .toByteArray();
    return new MailboxId(ByteString.copyOf(sha256().digest(input)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Reads one as a field.
  public static MailboxId read(ByteReader reader) throws MalformedException {
    return new MailboxId(reader.bytes("mailbox id", SIZE));
  }

  @Override
  public String toString() {
    return "MailboxId[redacted]";
  }
}
