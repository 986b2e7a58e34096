package im.waxwing.crypto;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the repository lies, seen from whatever module a test runs in.
final class Repository {

  static final Path ROOT = find(Path.of("").toAbsolutePath());

  private Repository() {}

  private static Path find(Path folder) {
    return Files.exists(folder.resolve("mvnw"))
        ? folder
        : find(requireNonNull(folder.getParent(), "tests run inside the repository"));
  }
}
