package im.waxwing.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A message as the page shows it.
///
/// @param id 16 bytes, base64url
/// @param order its place in the conversation; grows with causal order, then time
/// @param failure why it will not go by itself; only with `FAILED`
/// @param text empty if it was unsent
/// @param replyTo what it answers
/// @param reactions in the order in which their emojis were first used
/// @param editedAt when it was given its present text, if it had another
/// @param expiresAt when it goes by itself; empty while it is not known
/// @param expiresAfterSeconds how long after reading, or sending, it goes by itself; 0: it stays
/// @param unsent its writer has removed it for everyone
public record MessageView(
    String id,
    String conversation,
    boolean mine,
    String text,
    Instant sentAt,
    long order,
    State state,
    Optional<ProblemKind> failure,
    Optional<Quote> replyTo,
    List<ReactionView> reactions,
    Optional<Instant> editedAt,
    int expiresAfterSeconds,
    Optional<Instant> expiresAt,
    boolean unsent) {
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
