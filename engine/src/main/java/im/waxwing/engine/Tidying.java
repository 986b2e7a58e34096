package im.waxwing.engine;

import java.time.Duration;

/// Has the words of removed messages leave the search index for good, a little at a time (store.md
/// §6).
final class Tidying {
  private static final String ALARM = "tidying";
  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final Duration BREATH = Duration.ofSeconds(1);

  /// As much work as is hardly felt: some hundredths of a second.
  private static final int PAGES = 64;

  private final Core core;

  Tidying(Core core) {
    this.core = core;
  }

  void begin() {
    wake(FIRST, this::look);
  }

  private void look() {
    if (core.ledger.read(step -> step.tables().search().hasRemovedWords())) {
      core.ledger.writeSurely(
          step -> {
            step.tables().search().beginTidying();
            step.afterwards(() -> wake(BREATH, this::goOn));
          });
    } else {
      wake(PAUSE, this::look);
    }
  }

  private void goOn() {
    core.ledger.writeSurely(
        step -> {
          boolean more = step.tables().search().tidy(PAGES);
          step.afterwards(() -> wake(more ? BREATH : PAUSE, more ? this::goOn : this::look));
        });
  }

  private void wake(Duration pause, Runnable task) {
    core.clockwork.wake(ALARM, core.clockwork.now().plus(pause), task);
  }
}
