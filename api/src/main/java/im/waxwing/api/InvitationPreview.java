package im.waxwing.api;

import java.time.Instant;

/// Whose invitation it is, shown before accepting.
///
/// @param nodeHost the host by which first letters will go
public record InvitationPreview(
    String name, String nodeHost, Instant expiresAt, boolean alreadyContact) {
  @Override
  public String toString() {
    return "InvitationPreview[redacted]";
  }
}
