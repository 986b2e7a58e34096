package im.waxwing.node;

import im.waxwing.model.NodeKey;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What members did not take when it was passed on, to be handed to them as soon as they answer
/// again (swarm.md §4). In memory only and bounded: anti-entropy brings what is lost here. Safe for
/// many threads.
final class Hints {
  static final Duration LIFE = Duration.ofHours(1);
  static final int MOST_OF_A_MEMBER = 2_048;
  static final int MOST = 8_192;

  /// @param place where the request belongs
  record Hint(Request request, SwarmMember.Place place, Instant until) {
    @Override
    public String toString() {
      return "Hint[redacted]";
    }
  }

  private final Map<NodeKey, Deque<Hint>> byMember = new HashMap<>();
  private int count;

  /// The oldest of a member gives way.
  synchronized void add(NodeKey member, Request request, SwarmMember.Place place, Instant now) {
    Deque<Hint> hints = byMember.computeIfAbsent(member, _ -> new ArrayDeque<>());
    if (hints.size() >= MOST_OF_A_MEMBER) {
      hints.removeFirst();
      count--;
    }
    if (count < MOST) {
      hints.addLast(new Hint(request, place, now.plus(LIFE)));
      count++;
    }
  }

  /// The oldest that is not too old, taken out.
  synchronized Optional<Hint> take(NodeKey member, Instant now) {
    Deque<Hint> hints = byMember.getOrDefault(member, new ArrayDeque<>());
    while (!hints.isEmpty()) {
      count--;
      Hint hint = hints.removeFirst();
      if (hint.until().isAfter(now)) {
        return Optional.of(hint);
      }
    }
    byMember.remove(member);
    return Optional.empty();
  }

  /// A member did not take it this time either.
  synchronized void giveBack(NodeKey member, Hint hint) {
    byMember.computeIfAbsent(member, _ -> new ArrayDeque<>()).addFirst(hint);
    count++;
  }

  /// Whom anything waits for.
  synchronized List<NodeKey> members() {
    return List.copyOf(byMember.keySet());
  }

  synchronized int count() {
    return count;
  }
}
