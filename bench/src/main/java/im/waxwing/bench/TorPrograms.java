package im.waxwing.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Debian's `tor` and the program that makes keys of its authorities.
record TorPrograms(Path tor, Path generator) {
  /// Where they are if they were unpacked rather than installed: installing starts a daemon.
  private static final String FOLDER = "WAXWING_TOR";

  private static final List<String> USUAL = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");

  /// From the folder that `WAXWING_TOR` names, else from the PATH.
  static Optional<TorPrograms> find() {
    return program("tor").flatMap(tor -> program("tor-gencert").map(g -> new TorPrograms(tor, g)));
  }

  private static Optional<Path> program(String name) {
    return folders().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
  }

  private static Stream<Path> folders() {
    Stream<String> own = Stream.ofNullable(System.getenv(FOLDER));
    Stream<String> path =
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator));
    return Stream.of(own, path, USUAL.stream())
        .flatMap(all -> all)
        .filter(folder -> !folder.isEmpty())
        .map(Path::of);
  }
}
