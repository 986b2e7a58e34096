package im.waxwing.node;

import im.waxwing.packet.ReplyBlock;
import im.waxwing.protocol.AnswerCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Subscriptions of people behind other nodes: one a mailbox, each with its [Stock] of reply blocks
/// (node.md §10).
///
/// One thread at a time: the [Committer]'s.
final class StockedSubscriptions {
  private record Stocked(long number, long mailbox, Stock stock) {}

  private final Subscriptions subscriptions;
  private final EpochKeys keys;
  private final int mostBlocks;
  private final AtomicInteger blocks = new AtomicInteger();
  private final Map<Long, Stocked> byMailbox = new HashMap<>();
  private final Map<Long, Stocked> byNumber = new HashMap<>();

  StockedSubscriptions(Subscriptions subscriptions, EpochKeys keys, int mostBlocks) {
    this.subscriptions = subscriptions;
    this.keys = keys;
    this.mostBlocks = mostBlocks;
  }

  /// The same number again fills the stock up; another one begins anew, at the mailbox's start.
  AnswerCode subscribe(
      Mailbox mailbox, long number, List<ReplyBlock> fresh, ReplyDesk desk, Instant now) {
    Stocked same = byNumber.get(number);
    if (same != null && same.mailbox() != mailbox.number()) {
      return AnswerCode.CONFLICT;
    }
    if (blocks.get() + fresh.size() > mostBlocks) {
      return AnswerCode.FULL;
    }
    if (same == null) {
      same = replace(mailbox, number, desk, now);
    }
    same.stock().add(fresh, desk, now);
    subscriptions.drained(same.stock());
    return AnswerCode.OK;
  }

  private Stocked replace(Mailbox mailbox, long number, ReplyDesk desk, Instant now) {
    Stocked old = byMailbox.get(mailbox.number());
    if (old != null) {
      remove(old);
    }
    Stocked fresh = new Stocked(number, mailbox.number(), new Stock(keys, blocks, desk, now));
    byMailbox.put(mailbox.number(), fresh);
    byNumber.put(number, fresh);
    subscriptions.add(fresh.stock(), number, mailbox);
    return fresh;
  }

  /// Whoever knows the number, 63 random bits, has the right.
  void unsubscribe(long number) {
    Stocked stocked = byNumber.get(number);
    if (stocked != null) {
      remove(stocked);
    }
  }

  private void remove(Stocked stocked) {
    byMailbox.remove(stocked.mailbox());
    byNumber.remove(stocked.number());
    stocked.stock().clear();
    subscriptions.removeAll(stocked.stock());
  }

  /// Forgets those that nobody fills any more. Called every few seconds.
  void forgetAbandoned(Instant now) {
    List.copyOf(byNumber.values()).stream()
        .filter(stocked -> stocked.stock().isAbandoned(now))
        .forEach(this::remove);
  }
}
