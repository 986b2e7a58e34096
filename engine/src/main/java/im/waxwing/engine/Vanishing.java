package im.waxwing.engine;

import im.waxwing.store.MessageTable.Message;
import java.time.Duration;
import java.time.Instant;

/// Has messages go by themselves when their time is over: deleted for good, so that no clock brings
/// them back (delivery.md §13).
final class Vanishing {
  private static final String ALARM = "vanishing";

  /// The clock may be set meanwhile: looked at so often.
  private static final Duration LOOK = Duration.ofMinutes(10);

  private final Core core;

  Vanishing(Core core) {
    this.core = core;
  }

  /// A message was sent, or read: its time begins, if it has one.
  void begin(Step step, Message message) {
    if (!message.words().life().isZero()) {
      step.tables().messages().beginLife(message.conversation(), message.id(), now());
      step.afterwards(this::watch);
    }
  }

  /// Wakes when the next message goes.
  void watch() {
    core.ledger
        .read(step -> step.tables().messages().nextExpiry())
        .ifPresent(
            at -> {
              Duration left = Duration.between(now(), Instant.ofEpochMilli(at));
              Duration pause = left.compareTo(LOOK) < 0 ? left : LOOK;
              core.clockwork.wake(ALARM, core.clockwork.now().plus(pause), this::vanish);
            });
  }

  /// Deletes what has lived long enough.
  void vanish() {
    core.ledger.writeSurely(
        step -> {
          Instant now = now();
          step.tables().messages().shortenLives(now);
          step.tables().messages().expired(now).forEach(message -> vanish(step, message));
          step.afterwards(this::watch);
        });
  }

  private static void vanish(Step step, Message message) {
    step.tables().messages().delete(message.conversation(), message.id());
    step.deletedMessage(message.conversation(), message.id());
    Conversations.changedReplies(step, message);
  }

  private Instant now() {
    return core.now();
  }
}
