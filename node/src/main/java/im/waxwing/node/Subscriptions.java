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

  /// One link's ear at one mailbox.
  private static final class Ear {
    final Link link;
    final long number;
    final Mailbox mailbox;
    final Set<EnvelopeId> unacknowledged = new HashSet<>();
    long cursor;
    boolean caughtUp;

    Ear(Link link, long number, Mailbox mailbox) {
      this.link = link;
      this.number = number;
      this.mailbox = mailbox;
    }

    int room() {
      return WINDOW - unacknowledged.size();
    }
  }

  private final Map<Long, List<Ear>> byMailbox = new HashMap<>();
  private final Map<Link, List<Ear>> byLink = new HashMap<>();
  private final Set<Ear> withNews = new HashSet<>();

  /// False: the link has as many subscriptions as it may.
  boolean add(Link link, long number, Mailbox mailbox, int most) {
    List<Ear> ofLink = byLink.computeIfAbsent(link, _ -> new ArrayList<>());
    if (ofLink.size() >= most) {
      return false;
    }
    Ear ear = new Ear(link, number, mailbox);
    ofLink.add(ear);
    byMailbox.computeIfAbsent(mailbox.number(), _ -> new ArrayList<>()).add(ear);
    withNews.add(ear);
    return true;
  }

  void remove(Link link, long number) {
    for (Ear ear : List.copyOf(byLink.getOrDefault(link, List.of()))) {
      if (ear.number == number) {
        remove(ear);
      }
    }
  }

  void removeAll(Link link) {
    List.copyOf(byLink.getOrDefault(link, List.of())).forEach(this::remove);
  }

  private void remove(Ear ear) {
    drop(byLink, ear.link, ear);
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

  /// The link has sent what it was given.
  void drained(Link link) {
    withNews.addAll(byLink.getOrDefault(link, List.of()));
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
      if (!ear.link.push(new Frame.Push(ear.number, held))) {
        return;
      }
      ear.cursor = held.sequence();
      ear.unacknowledged.add(held.id());
    }
    if (!ear.caughtUp && waiting.size() <= room) {
      ear.caughtUp = ear.link.push(new Frame.CaughtUp(ear.number));
    }
  }
}
