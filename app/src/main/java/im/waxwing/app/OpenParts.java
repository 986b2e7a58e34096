package im.waxwing.app;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parts of a program that were opened, to be closed in the reverse order.
final class OpenParts implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenParts.class.getName());

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /// Closes all, even when one of them fails.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "a part did not close", e);
    }
  }
}
