package im.waxwing.node;

import im.waxwing.packet.RecipientId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which link answers by reply block go to. Safe for many threads.
final class Attached {
  private final ConcurrentHashMap<RecipientId, Link> links = new ConcurrentHashMap<>();

  /// From now on answers for `recipient` go to `link`: the device came back by another one.
  void attach(RecipientId recipient, Link link) {
    links.put(recipient, link);
  }

  Optional<Link> find(RecipientId recipient) {
    return Optional.ofNullable(links.get(recipient));
  }

  void detach(RecipientId recipient, Link link) {
    links.remove(recipient, link);
  }
}
