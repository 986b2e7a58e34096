package im.waxwing.api;

/// A person with whom invitations were exchanged.
///
/// @param conversation the one-to-one conversation's id, which also names the contact here
/// @param keyChanged letters came under another key than the one first seen; they were refused
public record ContactView(
    String conversation, String name, State state, boolean verified, boolean keyChanged) {
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
