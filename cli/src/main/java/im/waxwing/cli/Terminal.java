package im.waxwing.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command reads and writes.
///
/// @param coloured whether `out` understands colours
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean coloured) {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final String REPLACEMENT = "\uFFFD";

  /// The process's own.
  public static Terminal ofProcess() {
    boolean coloured =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminal(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), coloured);
  }

  /// Where no locale is set Java would write ASCII; terminals of today read UTF-8.
  private static PrintStream utf8(FileDescriptor target) {
    return new PrintStream(new FileOutputStream(target), true, StandardCharsets.UTF_8);
  }

  void say(String line) {
    out.println(line);
  }

  void json(Object value) {
    out.println(CliJson.line(value));
  }

  void problem(String sentence, String remedy) {
    err.println("error: " + sentence);
    err.println("hint: " + remedy);
  }

  /// Words of others, on one line and harmless: what would move the cursor, change colours or turn
  /// the direction of writing is shown as a replacement character.
  static String oneLine(String foreign) {
    StringBuilder safe = new StringBuilder(foreign.length());
    foreign
        .codePoints()
        .forEach(point -> safe.append(isHarmless(point) ? Character.toString(point) : REPLACEMENT));
    return safe.toString();
  }

  /// A text of others; its further lines begin with `indent`.
  static String lines(String foreign, String indent) {
    return String.join(
        "\n" + indent, foreign.lines().map(Terminal::oneLine).toArray(String[]::new));
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      // Direction marks and the like; the two joiners are letters of many scripts.
      case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }
}
