package im.waxwing.node;

import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who listens to which mailbox, and what they were told. At most [#WINDOW] envelopes of a
/// subscription are pushed and not yet deleted (mailbox.md §4).
///
/// One thread at a time: the [Committer]'s.
final class Subscriptions {
  static final int WINDOW = 64;

  /// Who is pushed to: a link, or somebody behind other nodes by a [Stock].
  interface Listener {
    /// False: not now; [#drained] will follow when there is room, or there are blocks, again.
    boolean push(Frame.Notice notice);
  }

  /// One listener's ear at one mailbox.
  private static final class Ear {
    final Listener listener;
    final long number;
    final Mailbox mailbox;
    final Set<EnvelopeId> unacknowledged = new HashSet<>();
    long cursor;
    boolean caughtUp;

    Ear(Listener listener, long number, Mailbox mailbox) {
      this.listener = listener;
      this.number = number;
      this.mailbox = mailbox;
    }

    int room() {
      return WINDOW - unacknowledged.size();
    }
  }

  private final Map<Long, List<Ear>> byMailbox = new HashMap<>();
  private final Map<Listener, List<Ear>> byListener = new HashMap<>();
  private final Set<Ear> withNews = new HashSet<>();

  /// False: the link has as many subscriptions as it may.
  boolean add(Listener link, long number, Mailbox mailbox, int most) {
    if (byListener.getOrDefault(link, List.of()).size() >= most) {
      return false;
    }
    add(link, number, mailbox);
    return true;
  }

  void add(Listener listener, long number, Mailbox mailbox) {
    Ear ear = new Ear(listener, number, mailbox);
    byListener.computeIfAbsent(listener, _ -> new ArrayList<>()).add(ear);
    byMailbox.computeIfAbsent(mailbox.number(), _ -> new ArrayList<>()).add(ear);
    withNews.add(ear);
  }

  void remove(Listener link, long number) {
    for (Ear ear : List.copyOf(byListener.getOrDefault(link, List.of()))) {
      if (ear.number == number) {
        remove(ear);
      }
    }
  }

  void removeAll(Listener listener) {
    List.copyOf(byListener.getOrDefault(listener, List.of())).forEach(this::remove);
  }

  private void remove(Ear ear) {
    drop(byListener, ear.listener, ear);
    drop(byMailbox, ear.mailbox.number(), ear);
    withNews.remove(ear);
  }

  private static <K> void drop(Map<K, List<Ear>> map, K key, Ear ear) {
    List<Ear> ears = map.get(key);
    if (ears != null && ears.remove(ear) && ears.isEmpty()) {
      map.remove(key);
    }
  }

  /// An envelope was stored.
  void arrived(Mailbox mailbox) {
    withNews.addAll(byMailbox.getOrDefault(mailbox.number(), List.of()));
  }

  /// Envelopes were deleted, so that others may be pushed.
  void deleted(Mailbox mailbox, List<EnvelopeId> ids) {
    for (Ear ear : byMailbox.getOrDefault(mailbox.number(), List.of())) {
      ids.forEach(ear.unacknowledged::remove);
      withNews.add(ear);
    }
  }

  /// The listener can be pushed to again.
  void drained(Listener listener) {
    withNews.addAll(byListener.getOrDefault(listener, List.of()));
  }

  /// Pushes what ears have not heard. Reads committed rows only.
  void pushNew(MailboxStore store) throws SQLException {
    for (Ear ear : withNews) {
      push(ear, store);
    }
    withNews.clear();
  }

  /// A link that is slow to send keeps its news: [#drained] brings it here again.
  private static void push(Ear ear, MailboxStore store) throws SQLException {
    int room = ear.room();
    List<Held> waiting = store.behind(ear.mailbox, ear.cursor, room + 1);
    for (Held held : waiting.subList(0, Math.min(room, waiting.size()))) {
      if (!ear.listener.push(new Frame.Push(ear.number, held))) {
        return;
      }
      ear.cursor = held.sequence();
      ear.unacknowledged.add(held.id());
    }
    if (!ear.caughtUp && waiting.size() <= room) {
      ear.caughtUp = ear.listener.push(new Frame.CaughtUp(ear.number));
    }
  }
}
