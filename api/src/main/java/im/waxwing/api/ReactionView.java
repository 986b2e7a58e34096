package im.waxwing.api;

/// How often a message was answered with one emoji.
///
/// @param mine whether one of them is this account's
public record ReactionView(String emoji, int count, boolean mine) {
  @Override
  public String toString() {
    return "ReactionView[redacted]";
  }
}
