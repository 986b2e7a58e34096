package im.waxwing.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whom a person's app speaks to, as the kernel lists its connections.
final class Partners {
  private Partners() {}

  /// The ports at the other end of a process's connections.
  static Set<Integer> of(Person person) {
    try {
      return ports(Path.of("/proc", Long.toString(person.pid())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Integer> ports(Path process) throws IOException {
    Set<String> sockets = sockets(process.resolve("fd"));
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(process.resolve(table))) {
        String[] fields = line.strip().split(" +", -1);
        if (sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[2].substring(fields[2].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.map(Partners::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException _) {
      return ""; // closed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
