package im.waxwing.node;

import im.waxwing.base.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/// The hash of the program that runs: of every class and resource of our modules, by name. Equal
/// for equal programs, however they were packed. All zeros when the program was not started as
/// modules.
final class Build {
  private Build() {}

  static ByteString hash() {
    List<ModuleReference> ours =
        ModuleLayer.boot().configuration().modules().stream()
            .map(ResolvedModule::reference)
            .filter(module -> module.descriptor().name().startsWith("im.waxwing."))
            .sorted(Comparator.comparing(module -> module.descriptor().name()))
            .toList();
    if (!Build.class.getModule().isNamed()) {
      return ByteString.copyOf(new byte[32]);
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (ModuleReference module : ours) {
        add(module, sha256);
      }
      return ByteString.copyOf(sha256.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the program cannot read itself", e);
    }
  }

  private static void add(ModuleReference module, MessageDigest sha256) throws IOException {
    try (ModuleReader reader = module.open()) {
      List<String> names =
          reader
              .list()
              .filter(name -> !name.endsWith("/") && !isAboutPacking(name))
              .sorted()
              .toList();
      for (String name : names) {
        try (InputStream stream = reader.open(name).orElseThrow()) {
          byte[] content = stream.readAllBytes();
          String title = module.descriptor().name() + "/" + name + " " + content.length + "\n";
          sha256.update(title.getBytes(StandardCharsets.UTF_8));
          sha256.update(content);
        }
      }
    }
  }

  private static boolean isAboutPacking(String name) {
    return name.startsWith("META-INF/") || name.equals("module-info.class");
  }
}
