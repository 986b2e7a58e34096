package im.waxwing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The committed inputs of a target.
final class Corpus {
  private static final Path FOLDER = Path.of("src/test/resources/corpus");

  private Corpus() {}

  /// Inputs by file name.
  static Map<String, byte[]> of(Target target) throws IOException {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(target.name()))) {
      for (Path file : files.toList()) {
        inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return inputs;
  }

  /// Writes the samples that have no file yet, with `fuzz` as the working folder.
  public static void main(String[] arguments) throws Exception {
    for (Target target : Targets.ALL) {
      Path folder = Files.createDirectories(FOLDER.resolve(target.name()));
      for (Map.Entry<String, byte[]> sample : target.samples().make().inputs().entrySet()) {
        Path file = folder.resolve(sample.getKey());
        if (!Files.exists(file)) {
          Files.write(file, sample.getValue());
        }
      }
    }
  }
}
