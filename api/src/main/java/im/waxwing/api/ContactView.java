package im.waxwing.api;

import java.util.Optional;

/// A person with whom invitations were exchanged.
///
/// @param conversation the one-to-one conversation's id, which also names the contact here
/// @param name as shown: the nickname, or else what they call themselves
/// @param ownName what they call themselves
/// @param keyChanged letters came under another key than the one first seen; they were refused
/// @param blocked what they write is dropped
public record ContactView(
    String conversation,
    String name,
    String ownName,
    Optional<String> nickname,
    State state,
    boolean verified,
    boolean keyChanged,
    boolean blocked) {
  /// `WAITING`: accepted here, no word from their device yet. `LOST`: somebody else used the
  /// invitation.
  public enum State {
    WAITING,
    ESTABLISHED,
    LOST
  }

  @Override
  public String toString() {
    return "ContactView[redacted]";
  }
}
