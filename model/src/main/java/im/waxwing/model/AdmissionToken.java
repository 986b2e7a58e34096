package im.waxwing.model;

import im.waxwing.base.SecretBytes;

/// The operator's 16-byte secret that lets its holder keep mailboxes and drawers at a private node.
public record AdmissionToken(SecretBytes secret) {
  public static final int SIZE = 16;

  public AdmissionToken {
    if (secret.size() != SIZE) {
      throw new IllegalArgumentException("an admission token has " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "AdmissionToken[redacted]";
  }
}
