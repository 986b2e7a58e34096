package im.waxwing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Hands an input to a program as its file of settings, in a data folder of its own.
public final class SettingsFile {
  /// Reads the settings of a data folder.
  public interface Reader {
    void read(Path folder) throws Exception;
  }

  private SettingsFile() {}

  public static Target.Reading readBy(String name, Reader reader) {
    return input -> {
      Path folder = Files.createTempDirectory("waxwing-settings");
      try {
        Files.write(folder.resolve(name), input);
        reader.read(folder);
      } finally {
        delete(folder);
      }
    };
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
