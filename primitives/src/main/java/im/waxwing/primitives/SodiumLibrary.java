package im.waxwing.primitives;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Finds and loads libsodium, once per process.
final class SodiumLibrary {

  private static final String PROPERTY = "im.waxwing.sodium";

  /// Symbols of the loaded library; empty when there is none.
  static final Optional<SymbolLookup> SYMBOLS = load();

  private SodiumLibrary() {}

  private static Optional<SymbolLookup> load() {
    String wish = System.getProperty(PROPERTY, "");
    return switch (wish) {
      case "none" -> Optional.empty();
      case "" -> loadPacked();
      default -> Optional.of(lookup(Path.of(wish)));
    };
  }

  /// A library that cannot be opened (another C library, a folder mounted `noexec`) is no failure:
  /// Java takes its place.
  private static Optional<SymbolLookup> loadPacked() {
    try (InputStream packed = SodiumLibrary.class.getResourceAsStream(resource())) {
      return packed == null ? Optional.empty() : Optional.of(unpackAndLookup(packed));
    } catch (IOException | IllegalArgumentException cause) {
      System.getLogger("im.waxwing.primitives")
          .log(Level.INFO, "the packed libsodium does not load here; Java is used instead");
      return Optional.empty();
    }
  }

  /// The copy lies in a fresh folder that only this user may enter, so that nobody can put another
  /// library in its place between writing and loading.
  private static SymbolLookup unpackAndLookup(InputStream packed) throws IOException {
    Path folder = Files.createTempDirectory("waxwing-sodium");
    Path file = folder.resolve("libsodium");
    try {
      Files.copy(packed, file);
      return lookup(file);
    } finally {
      removeOrLater(file);
      removeOrLater(folder);
    }
  }

  /// Windows keeps a loaded library's file; it goes when the process ends.
  private static void removeOrLater(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      path.toFile().deleteOnExit();
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup lookup(Path file) {
    return SymbolLookup.libraryLookup(file, Arena.global());
  }

  /// Path of the packed library for this platform, as lazysodium names them.
  private static String resource() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    if (system.startsWith("mac")) {
      return (arm ? "mac_arm" : "mac") + "/libsodium.dylib";
    }
    if (system.startsWith("windows")) {
      return (arm ? "windows_arm64" : "windows64") + "/libsodium.dll";
    }
    return (arm ? "arm64" : "linux64") + "/libsodium.so";
  }
}
