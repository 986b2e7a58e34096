package im.waxwing.api;

import java.time.Instant;
import java.util.Optional;

/// An invitation that this account made.
///
/// @param link at most 300 characters, to be handed over or shown as a QR code; holds a secret
/// @param usedBy name of the contact who accepted it
public record InvitationView(
    String id,
    String link,
    Instant createdAt,
    Instant expiresAt,
    State state,
    Optional<String> usedBy) {
  /// `PREPARING`: its drawer is not at the node yet.
  public enum State {
    PREPARING,
    OPEN,
    USED,
    REVOKED,
    EXPIRED
  }

  @Override
  public String toString() {
    return "InvitationView[redacted]";
  }
}
