package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Recognises the envelopes of one receiving lane, from the rows that the store keeps of it.
///
/// The names of a mailbox's day, one for each way that leads to it, are computed when that day is
/// first asked for, and then kept up. One thread at a time.
public final class LaneWindow {
  private final Map<Long, LaneKeys> waiting = new TreeMap<>();
  private final Map<Long, SecretBytes> used = new TreeMap<>();
  private final Map<Place, Names> places = new HashMap<>();

  /// What an arriving envelope is to this lane.
  public sealed interface Match {
    /// Not opened yet.
    record Fresh(EnvelopeKeys keys) implements Match {
      @Override
      public String toString() {
        return "Fresh[redacted]";
      }
    }

    /// Opened before: delete it at the node and send the receipt again.
    record Repeat(long n) implements Match {
      @Override
      public String toString() {
        return "Repeat[redacted]";
      }
    }
  }

  /// A window without rows yet.
  public LaneWindow() {}

  private record Place(MailboxKey reader, Day day, List<Way> ways) {}

  private static final class Names {
    private final Map<EnvelopeId, Named> waiting = new HashMap<>();
    private final Map<EnvelopeId, Long> used = new HashMap<>();
    private boolean withUsed;
  }

  /// A number, and the way by which its envelope has the name.
  private record Named(long n, Way way) {}

  /// A number whose envelope is awaited.
  public void add(LaneKeys keys) {
    waiting.put(keys.n(), keys);
    places.forEach((place, names) -> await(names, keys, place));
  }

  private static void await(Names names, LaneKeys keys, Place place) {
    for (Way way : place.ways()) {
      names.waiting.put(id(keys, place, way), new Named(keys.n(), way));
    }
  }

  /// A number whose envelope was opened, as the store remembers it.
  public void addUsed(long n, SecretBytes idKey) {
    used.put(n, idKey);
    places.forEach(
        (place, names) -> {
          if (names.withUsed) {
            remember(names, n, idKey, place);
          }
        });
  }

  private static void remember(Names names, long n, SecretBytes idKey, Place place) {
    for (Way way : place.ways()) {
      names.used.put(LaneKeys.id(idKey, place.reader(), place.day(), way), n);
    }
  }

  /// The envelope of number `n` was opened: from now on it is a repeat.
  public void use(long n) {
    LaneKeys keys = waiting.remove(n);
    if (keys != null) {
      places.values().forEach(names -> awaitNoMore(names, n));
      addUsed(n, keys.idKey());
    }
  }

  /// Number `n` is no longer of interest.
  public void forget(long n) {
    waiting.remove(n);
    used.remove(n);
    places
        .values()
        .forEach(
            names -> {
              awaitNoMore(names, n);
              names.used.values().removeIf(used -> used == n);
            });
  }

  private static void awaitNoMore(Names names, long n) {
    names.waiting.values().removeIf(named -> named.n() == n);
  }

  /// Days before `day` are no longer read.
  public void forgetDaysBefore(Day day) {
    places.keySet().removeIf(place -> place.day().compareTo(day) < 0);
  }

  /// Finds the number of an envelope that lay in the mailbox of `reader` on `day`; empty if it is
  /// none of this lane's.
  ///
  /// @param ways those that lead to this mailbox
  public Optional<Match> match(EnvelopeId id, MailboxKey reader, Day day, List<Way> ways) {
    Place place = new Place(reader, day, ways);
    Names names = places.computeIfAbsent(place, this::names);
    Named named = names.waiting.get(id);
    if (named != null) {
      return Optional.ofNullable(waiting.get(named.n()))
          .map(keys -> new Match.Fresh(keys.at(reader, day, named.way())));
    }
    return Optional.ofNullable(withUsed(place, names).used.get(id)).map(Match.Repeat::new);
  }

  private Names names(Place place) {
    Names names = new Names();
    waiting.values().forEach(keys -> await(names, keys, place));
    return names;
  }

  /// Repeats are rare: their names are computed only when an envelope is not one of those awaited.
  private Names withUsed(Place place, Names names) {
    if (!names.withUsed) {
      used.forEach((n, key) -> remember(names, n, key, place));
      names.withUsed = true;
    }
    return names;
  }

  private static EnvelopeId id(LaneKeys keys, Place place, Way way) {
    return LaneKeys.id(keys.idKey(), place.reader(), place.day(), way);
  }

  @Override
  public String toString() {
    return "LaneWindow[redacted]";
  }
}
