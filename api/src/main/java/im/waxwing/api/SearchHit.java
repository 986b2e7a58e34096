package im.waxwing.api;

import java.util.List;

/// A message that holds what was looked for.
///
/// @param snippet the part of the text around the first find; on one line
/// @param marks where in the snippet the words are
public record SearchHit(MessageView message, String snippet, List<Mark> marks) {
  /// A part of a text, counted in UTF-16 units, as Java and JavaScript do.
  ///
  /// @param end the first unit behind it
  public record Mark(int start, int end) {}

  @Override
  public String toString() {
    return "SearchHit[redacted]";
  }
}
