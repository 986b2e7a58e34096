package im.waxwing.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Ends a program with the one that started it, even if that was killed: the parent holds the other
/// end of the child's input and never writes, so the end of input is the end of the parent.
final class Parentage {
  /// Set by parents that want it so.
  static final String VARIABLE = "WAXWING_EXIT_WITH_PARENT";

  private Parentage() {}

  /// Begins to watch, if the parent asked for it.
  static void endWithParent() {
    if ("1".equals(System.getenv(VARIABLE))) {
      Thread.ofPlatform().daemon().name("waxwing-parent").start(() -> endAfter(System.in));
    }
  }

  private static void endAfter(InputStream parent) {
    try {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.exit(0);
    }
  }
}
