package im.waxwing.engine;

import im.waxwing.model.Day;
import im.waxwing.model.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Time as the engine takes it: this machine's clock, set right by a node's where the two differ by
/// more than an hour; and alarms, each known by a name.
final class Clockwork {
  private static final Duration TRUSTED = Duration.ofHours(1);

  private final InstantSource clock;
  private final Timer timer;
  private final Serial serial;
  private final Map<Place, Duration> ahead = new HashMap<>();
  private final Map<String, Set> alarms = new HashMap<>();

  /// An alarm that was set.
  private static final class Set {
    final Instant at;
    Timer.Alarm alarm = () -> {};

    Set(Instant at) {
      this.at = at;
    }
  }

  Clockwork(InstantSource clock, Timer timer, Serial serial) {
    this.clock = clock;
    this.timer = timer;
    this.serial = serial;
  }

  void heard(Place place, Duration nodeAhead) {
    ahead.put(place, nodeAhead);
  }

  Duration ahead(Place place) {
    return ahead.getOrDefault(place, Duration.ZERO);
  }

  /// What this machine's clock shows: for pauses.
  Instant now() {
    return clock.instant();
  }

  /// The time to reckon with at a node.
  Instant now(Place place) {
    Duration error = ahead(place);
    return error.abs().compareTo(TRUSTED) > 0 ? now().plus(error) : now();
  }

  Day today(Place place) {
    return Day.of(now(place));
  }

  /// When, by this machine's clock, a day begins at a node.
  Instant begin(Day day, Place place) {
    return day.start().minus(Duration.between(now(), now(place)));
  }

  /// Has `task` run at `at`; an alarm of the same name is replaced.
  void wake(String name, Instant at, Runnable task) {
    cancel(name);
    Set set = new Set(at);
    alarms.put(name, set);
    set.alarm = timer.at(at, () -> serial.execute(() -> ring(name, set, task)));
  }

  /// As [#wake], unless an alarm of the name rings earlier.
  void wakeBy(String name, Instant at, Runnable task) {
    Set set = alarms.get(name);
    if (set == null || set.at.isAfter(at)) {
      wake(name, at, task);
    }
  }

  void cancel(String name) {
    Set set = alarms.remove(name);
    if (set != null) {
      set.alarm.cancel();
    }
  }

  void cancelAll() {
    alarms.values().forEach(set -> set.alarm.cancel());
    alarms.clear();
  }

  private void ring(String name, Set set, Runnable task) {
    if (alarms.remove(name, set)) {
      task.run();
    }
  }
}
