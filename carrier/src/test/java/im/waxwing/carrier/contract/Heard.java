package im.waxwing.carrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Collects what is told on other threads, to be waited for in the order of telling.
public final class Heard<T> implements Consumer<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<T> queue = new LinkedBlockingQueue<>();

  @Override
  public void accept(T told) {
    queue.add(told);
  }

  /// The next one; fails the test if none comes.
  public T next() throws InterruptedException {
    T told = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(told).as("something told within " + PATIENCE.toSeconds() + " s").isNotNull();
    return told;
  }

  /// The first one of a kind; others before it are dropped.
  public <U extends T> U next(Class<U> kind) throws InterruptedException {
    while (true) {
      T told = next();
      if (kind.isInstance(told)) {
        return kind.cast(told);
      }
    }
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }
}
