package im.waxwing.engine;

import im.waxwing.api.MessageView;
import im.waxwing.api.SearchHit;
import im.waxwing.api.SearchHit.Mark;
import im.waxwing.store.SearchTable;
import java.util.ArrayList;
import java.util.List;

/// A part of a message's text with what was found in it, on one line and not longer than a list can
/// show.
record Excerpt(String text, List<Mark> marks) {
  private static final int LONGEST = 300;

  /// What stands before the first mark, when that would not be seen otherwise.
  private static final int LEAD = 60;

  /// @param marked as the store marks it; texts of others may hold the same characters, which can
  ///   but put marks elsewhere
  static Excerpt of(String marked) {
    StringBuilder text = new StringBuilder();
    List<Mark> marks = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < marked.length(); i++) {
      char unit = marked.charAt(i);
      if (unit == SearchTable.MARK_BEGIN) {
        begin = text.length();
      } else if (unit == SearchTable.MARK_END) {
        if (begin >= 0 && text.length() > begin) {
          marks.add(new Mark(begin, text.length()));
        }
        begin = -1;
      } else {
        text.append(Character.isISOControl(unit) ? ' ' : unit);
      }
    }
    return new Excerpt(text.toString(), marks).shortened();
  }

  private Excerpt shortened() {
    if (text.length() <= LONGEST) {
      return this;
    }
    int first = marks.isEmpty() ? 0 : marks.getFirst().start();
    int start = boundary(first < LONGEST - LEAD ? 0 : first - LEAD);
    int end = boundary(Math.min(text.length(), start + LONGEST));
    List<Mark> kept =
        marks.stream()
            .filter(mark -> mark.start() < end)
            .map(mark -> new Mark(mark.start() - start, Math.min(mark.end(), end) - start))
            .toList();
    return new Excerpt(text.substring(start, end), kept);
  }

  /// No character is cut in two.
  private int boundary(int index) {
    boolean within =
        index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
    return within ? index - 1 : index;
  }

  SearchHit hit(MessageView message) {
    return new SearchHit(message, text, marks);
  }

  @Override
  public String toString() {
    return "Excerpt[redacted]";
  }
}
