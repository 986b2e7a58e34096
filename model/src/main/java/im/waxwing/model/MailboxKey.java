package im.waxwing.model;

import im.waxwing.base.ByteString;

/// A device's long-term Ed25519 mailbox key, public half. Known to contacts, never to a node.
public record MailboxKey(ByteString bytes) {
  public static final int SIZE = 32;

  public MailboxKey {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("MailboxKey needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "MailboxKey[redacted]";
  }
}
