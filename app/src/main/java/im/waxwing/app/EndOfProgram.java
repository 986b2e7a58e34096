package im.waxwing.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The moment when Ctrl-C, SIGTERM or the end of its parent asks a program to end. The process
/// lives on until this is closed, so that everything can be put away first.
final class EndOfProgram implements AutoCloseable {
  private static final Duration TIDYING_LIMIT = Duration.ofSeconds(30);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch tidied = new CountDownLatch(1);

  private EndOfProgram() {}

  static EndOfProgram expected() {
    EndOfProgram end = new EndOfProgram();
    Runtime.getRuntime().addShutdownHook(new Thread(end::askAndWait, "waxwing-end"));
    return end;
  }

  /// Waits until the program is to end.
  void await() throws InterruptedException {
    asked.await();
  }

  /// Ends the program from within.
  void ask() {
    asked.countDown();
  }

  private void askAndWait() {
    asked.countDown();
    try {
      if (!tidied.await(TIDYING_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    tidied.countDown();
  }
}
