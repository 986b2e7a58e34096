package im.waxwing.api;

import java.time.Instant;
import java.util.Optional;

/// A message as the page shows it.
///
/// @param id 16 bytes, base64url
/// @param order its place in the conversation; grows with causal order, then time
/// @param failure why it will not go by itself; only with `FAILED`
public record MessageView(
    String id,
    String conversation,
    boolean mine,
    String text,
    Instant sentAt,
    long order,
    State state,
    Optional<ProblemKind> failure) {
  /// How far a letter got. Incoming ones are `RECEIVED`, then `READ` here.
  public enum State {
    /// Waits here.
    SENDING,
    /// A node has it on disk.
    SENT,
    /// It is on a device of theirs.
    DELIVERED,
    READ,
    /// Needs the person: try again or delete.
    FAILED,
    RECEIVED
  }

  @Override
  public String toString() {
    return "MessageView[redacted]";
  }
}
