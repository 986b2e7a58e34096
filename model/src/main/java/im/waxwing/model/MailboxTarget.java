package im.waxwing.model;

import im.waxwing.base.SecretBytes;

/// All a writer needs to address a reader's mailbox on any day: where it stands, its key, and the
/// secret that gives the right to deposit (32 bytes).
public record MailboxTarget(Place place, MailboxKey key, SecretBytes depositSecret) {
  public static final int DEPOSIT_SECRET_SIZE = 32;

  public MailboxTarget {
    if (depositSecret.size() != DEPOSIT_SECRET_SIZE) {
      throw new IllegalArgumentException("a deposit secret has 32 bytes");
    }
  }

  @Override
  public String toString() {
    return "MailboxTarget[redacted]";
  }
}
