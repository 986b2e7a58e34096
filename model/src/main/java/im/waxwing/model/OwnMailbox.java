package im.waxwing.model;

import im.waxwing.base.SecretBytes;

/// A mailbox that this device owns: the writer's view and the 32-byte Ed25519 seed that signs for
/// reading and deleting.
public record OwnMailbox(MailboxTarget target, SecretBytes ownerSeed) {
  public static final int OWNER_SEED_SIZE = 32;

  public OwnMailbox {
    if (ownerSeed.size() != OWNER_SEED_SIZE) {
      throw new IllegalArgumentException("an owner seed has 32 bytes");
    }
  }

  @Override
  public String toString() {
    return "OwnMailbox[redacted]";
  }
}
