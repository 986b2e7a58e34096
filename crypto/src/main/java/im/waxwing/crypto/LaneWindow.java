package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Recognises the envelopes of one receiving lane, from the rows that the store keeps of it.
///
/// The names of a mailbox's day are computed when that day is first asked for, and then kept up.
/// One thread at a time.
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

  private record Place(MailboxKey reader, Day day) {}

  private static final class Names {
    private final Map<EnvelopeId, Long> waiting = new HashMap<>();
    private final Map<EnvelopeId, Long> used = new HashMap<>();
    private boolean withUsed;
  }

  /// A number whose envelope is awaited.
  public void add(LaneKeys keys) {
    waiting.put(keys.n(), keys);
    places.forEach((place, names) -> names.waiting.put(id(keys, place), keys.n()));
  }

  /// A number whose envelope was opened, as the store remembers it.
  public void addUsed(long n, SecretBytes idKey) {
    used.put(n, idKey);
    places.forEach(
        (place, names) -> {
          if (names.withUsed) {
            names.used.put(LaneKeys.id(idKey, place.reader(), place.day()), n);
          }
        });
  }

  /// The envelope of number `n` was opened: from now on it is a repeat.
  public void use(long n) {
    LaneKeys keys = waiting.remove(n);
    if (keys != null) {
      places.forEach((place, names) -> names.waiting.remove(id(keys, place)));
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
              names.waiting.values().remove(n);
              names.used.values().remove(n);
            });
  }

  /// Days before `day` are no longer read.
  public void forgetDaysBefore(Day day) {
    places.keySet().removeIf(place -> place.day().compareTo(day) < 0);
  }

  /// Finds the number of an envelope that lay in the mailbox of `reader` on `day`; empty if it is
  /// none of this lane's.
  public Optional<Match> match(EnvelopeId id, MailboxKey reader, Day day) {
    Place place = new Place(reader, day);
    Names names = places.computeIfAbsent(place, this::names);
    Long n = names.waiting.get(id);
    if (n != null) {
      LaneKeys keys = waiting.get(n);
      return Optional.ofNullable(keys).map(found -> new Match.Fresh(found.at(reader, day)));
    }
    return Optional.ofNullable(withUsed(place, names).used.get(id)).map(Match.Repeat::new);
  }

  private Names names(Place place) {
    Names names = new Names();
    waiting.forEach((n, keys) -> names.waiting.put(id(keys, place), n));
    return names;
  }

  /// Repeats are rare: their names are computed only when an envelope is not one of those awaited.
  private Names withUsed(Place place, Names names) {
    if (!names.withUsed) {
      used.forEach((n, key) -> names.used.put(LaneKeys.id(key, place.reader(), place.day()), n));
      names.withUsed = true;
    }
    return names;
  }

  private static EnvelopeId id(LaneKeys keys, Place place) {
    return LaneKeys.id(keys.idKey(), place.reader(), place.day());
  }

  @Override
  public String toString() {
    return "LaneWindow[redacted]";
  }
}
