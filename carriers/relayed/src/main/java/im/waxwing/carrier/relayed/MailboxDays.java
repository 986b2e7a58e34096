package im.waxwing.carrier.relayed;

import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;
import java.util.LinkedHashMap;
import java.util.Map;

/// The mailbox-days used last, as each costs scalar multiplications to derive.
///
/// One thread at a time.
final class MailboxDays {
  private static final int KEPT = 2_000;

  private record Written(MailboxTarget target, Day day) {}

  private record Owned(OwnMailbox mailbox, Day day) {}

  private final Map<Written, MailboxDay> written = lastUsed();
  private final Map<Owned, OwnMailboxDay> owned = lastUsed();

  MailboxDay of(MailboxTarget target, Day day) throws MalformedException {
    Written key = new Written(target, day);
    MailboxDay known = written.get(key);
    if (known == null) {
      known = MailboxDay.of(target, day);
      written.put(key, known);
    }
    return known;
  }

  OwnMailboxDay of(OwnMailbox mailbox, Day day) {
    return owned.computeIfAbsent(
        new Owned(mailbox, day), key -> OwnMailboxDay.of(key.mailbox(), key.day()));
  }

  private static <K, V> Map<K, V> lastUsed() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT;
      }
    };
  }
}
