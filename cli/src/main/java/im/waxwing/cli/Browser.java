package im.waxwing.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The person's web browser.
public final class Browser {
  private static final int LIMIT_SECONDS = 5;

  private Browser() {}

  /// Opens a link where there is a screen.
  ///
  /// @return whether the browser took it
  public static boolean open(String link) {
    return hasScreen() && start(command(link));
  }

  /// What to tell a person whose browser was not opened.
  public static List<String> explain(String link) {
    int port = URI.create(link).getPort();
    return List.of(
        "Open this page in your browser; the link works once, for five minutes:",
        "",
        "  " + link,
        "",
        "If this machine is far away, first forward the port from yours:",
        "  ssh -L %d:127.0.0.1:%d THIS-MACHINE".formatted(port, port));
  }

  private static boolean hasScreen() {
    return isMac()
        || isWindows()
        || System.getenv("DISPLAY") != null
        || System.getenv("WAYLAND_DISPLAY") != null;
  }

  private static List<String> command(String link) {
    if (isMac()) {
      return List.of("open", link);
    }
    return isWindows()
        ? List.of("rundll32", "url.dll,FileProtocolHandler", link)
        : List.of("xdg-open", link);
  }

  private static boolean start(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // Some openers stay as long as the browser does: one that still runs has taken the link.
      return !process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isMac() {
    return system().startsWith("mac");
  }

  private static boolean isWindows() {
    return system().startsWith("windows");
  }

  private static String system() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }
}
