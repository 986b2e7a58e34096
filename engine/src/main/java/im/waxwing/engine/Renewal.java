package im.waxwing.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Gives this device new mailboxes after a contact was blocked, who is not told where they are
/// (delivery.md §15). Tried until it succeeds; meanwhile what they write is dropped all the same.
final class Renewal {
  private static final String ALARM = "renewal";
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Core core;
  private boolean working;

  Renewal(Core core) {
    this.core = core;
  }

  void work() {
    if (!working) {
      core.ledger
          .read(step -> step.tables().mailboxes().toRenew())
          .ifPresent(
              old -> {
                working = true;
                var _ = core.moving.renew(old).whenComplete((_, failure) -> ended(failure));
              });
    }
  }

  private void ended(@Nullable Throwable failure) {
    working = false;
    if (failure == null) {
      core.serial.execute(this::work);
    } else {
      core.clockwork.wake(ALARM, core.clockwork.now().plus(PAUSE), this::work);
    }
  }
}
