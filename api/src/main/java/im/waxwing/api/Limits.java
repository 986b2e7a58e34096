package im.waxwing.api;

/// Sizes that an interface checks while the person types.
///
/// @param maxTextBytes largest text of one message, in bytes of UTF-8
public record Limits(int maxTextBytes, int maxNameCharacters) {
  @Override
  public String toString() {
    return "Limits[redacted]";
  }
}
