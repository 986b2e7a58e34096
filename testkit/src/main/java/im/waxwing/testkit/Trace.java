package im.waxwing.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What happened in a world, in words: people, places and counts, no secret and no random name, so
/// that the same seed leaves the same trace.
public final class Trace {
  private final VirtualTime time;
  private final List<String> lines = new ArrayList<>();

  Trace(VirtualTime time) {
    this.time = time;
  }

  void note(String what) {
    Duration since = time.sinceBeginning();
    lines.add(
        "%d d %02d:%02d:%02d.%03d  %s"
            .formatted(
                since.toDays(),
                since.toHoursPart(),
                since.toMinutesPart(),
                since.toSecondsPart(),
                since.toMillisPart(),
                what));
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
