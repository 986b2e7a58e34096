package im.waxwing.api;

import java.util.Optional;

/// A state of things that the person should know, with its remedy in [ProblemKind].
///
/// @param conversation where it matters, if in one conversation only
public record NoticeView(ProblemKind kind, Optional<String> conversation) {
  @Override
  public String toString() {
    return "NoticeView[redacted]";
  }
}
