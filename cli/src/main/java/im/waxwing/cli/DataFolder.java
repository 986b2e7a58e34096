package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The app's data folder, as far as its programs share it: where the app listens and the token that
/// lets them in (api.md §2).
public record DataFolder(Path path) {
  private static final String PORT_FILE = "lock";
  private static final String TOKEN_FILE = "api-token";

  /// The folder used when none is named: `$WAXWING_HOME/app`, or `~/.waxwing/app`.
  public static Path usual() {
    String home = System.getenv("WAXWING_HOME");
    Path base =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".waxwing")
            : Path.of(home);
    return base.resolve("app");
  }

  /// The file that the running app holds locked: its port, then its process id, a line each.
  public Path lockFile() {
    return path.resolve(PORT_FILE);
  }

  /// The port of the app that runs, or ran last, on this folder.
  int port() throws ProblemException {
    try {
      List<String> lines = Files.readAllLines(lockFile());
      return Integer.parseInt(lines.getFirst().strip());
    } catch (IOException | RuntimeException e) {
      throw new ProblemException(ProblemKind.APP_NOT_RUNNING, e);
    }
  }

  String token() throws ProblemException {
    try {
      return Files.readString(path.resolve(TOKEN_FILE)).strip();
    } catch (IOException e) {
      throw new ProblemException(ProblemKind.APP_NOT_RUNNING, e);
    }
  }

  @Override
  public String toString() {
    return "DataFolder[redacted]";
  }
}
