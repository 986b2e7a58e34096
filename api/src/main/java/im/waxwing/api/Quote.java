package im.waxwing.api;

/// What a message answers, or a message as a short line shows it.
///
/// @param id the message's
/// @param mine whether this account wrote it
/// @param text its beginning, at most 160 characters; empty if it is not here any more
public record Quote(String id, boolean mine, String text) {
  @Override
  public String toString() {
    return "Quote[redacted]";
  }
}
