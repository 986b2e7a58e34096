package im.waxwing.fuzz;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The compiled classes of all our programs, from the class path.
final class OurClasses {
  private OurClasses() {}

  /// Generated classes of `content` and those of this folder are left out.
  static List<ClassModel> all() throws IOException {
    List<ClassModel> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        addFrom(path, all);
      } else if (Files.isRegularFile(path)) {
        try (FileSystem jar =
            FileSystems.newFileSystem(URI.create("jar:" + path.toUri()), Map.of())) {
          addFrom(jar.getPath("/"), all);
        }
      }
    }
    return all;
  }

  private static void addFrom(Path root, List<ClassModel> all) throws IOException {
    Path ours = root.resolve("im/waxwing");
    if (!Files.isDirectory(ours) || Files.exists(ours.resolve("fuzz"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(ours)) {
      for (Path file : files.filter(OurClasses::isOurs).toList()) {
        all.add(ClassFile.of().parse(Files.readAllBytes(file)));
      }
    }
  }

  private static boolean isOurs(Path file) {
    return file.toString().endsWith(".class") && !file.toString().contains("/content/proto/");
  }

  static String name(ClassModel type) {
    return type.thisClass().asInternalName().replace('/', '.');
  }
}
