package im.waxwing.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Where our own log lines go. Those of libraries go nowhere, because nobody has read what they
/// say.
final class AppLog {
  private static final int MAX_SIZE = 1024 * 1024;

  /// The log manager forgets loggers that nobody holds, and their levels with them.
  private static final Logger OURS = Logger.getLogger("im.waxwing");

  private static final Logger ALL = Logger.getLogger("");

  private AppLog() {}

  /// Until a program has a log of its own: its warnings on the terminal.
  static void toTerminal() {
    write(new ConsoleHandler(), Level.WARNING);
  }

  /// Into the file `log`, which begins anew when it is a megabyte long.
  static void to(Path folder) throws IOException {
    String file = folder.resolve("log").toString().replace("%", "%%");
    FileHandler handler = new FileHandler(file, MAX_SIZE, 1, true);
    handler.setEncoding(StandardCharsets.UTF_8.name());
    write(handler, Level.INFO);
  }

  private static void write(Handler handler, Level level) {
    LogManager.getLogManager().reset();
    ALL.setLevel(Level.OFF);
    for (Handler old : OURS.getHandlers()) {
      OURS.removeHandler(old);
      old.close();
    }
    handler.setFormatter(new Lines());
    OURS.setLevel(level);
    OURS.addHandler(handler);
  }

  /// A line for each record. Of exceptions only the kinds and the places are written: their texts
  /// may quote what came from outside.
  private static final class Lines extends Formatter {
    private static final int MAX_FRAMES = 12;

    @Override
    public String format(LogRecord record) {
      StringBuilder line = new StringBuilder();
      line.append(record.getInstant().truncatedTo(ChronoUnit.SECONDS)).append(' ');
      line.append(record.getLevel()).append(' ').append(record.getLoggerName()).append(": ");
      line.append(formatMessage(record)).append('\n');
      Throwable thrown = record.getThrown();
      while (thrown != null) {
        append(line, thrown);
        thrown = thrown.getCause();
      }
      return line.toString();
    }

    private static void append(StringBuilder line, Throwable thrown) {
      line.append("  ").append(thrown.getClass().getName()).append('\n');
      StackTraceElement[] frames = thrown.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        line.append("    at ").append(frames[i]).append('\n');
      }
    }
  }
}
