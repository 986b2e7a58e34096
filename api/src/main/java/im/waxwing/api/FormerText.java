package im.waxwing.api;

import java.time.Instant;

/// What a message said before it was edited.
public record FormerText(String text, Instant writtenAt) {
  @Override
  public String toString() {
    return "FormerText[redacted]";
  }
}
