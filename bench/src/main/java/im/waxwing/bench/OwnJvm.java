package im.waxwing.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Starts classes of this module in a JVM of their own, with the same module path and native
/// libraries, and with the same class path, where a test run keeps libraries that no module names.
final class OwnJvm {
  private static final List<String> SAME_PROPERTIES = List.of("java.library.path");

  private OwnJvm() {}

  static List<String> command(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(options);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED," + nativeModules()));
    command.add("--sun-misc-unsafe-memory-access=allow");
    for (String name : SAME_PROPERTIES) {
      command.add("-D" + name + "=" + System.getProperty(name, ""));
    }
    command.addAll(List.of("-p", Objects.requireNonNull(System.getProperty("jdk.module.path"))));
    String classPath = System.getProperty("java.class.path", "");
    if (!classPath.isEmpty()) {
      command.addAll(List.of("-cp", classPath));
    }
    command.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
    command.addAll(List.of("-m", main.getModule().getName() + "/" + main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String nativeModules() {
    return String.join(
        ",",
        ModuleLayer.boot().modules().stream()
            .filter(Module::isNativeAccessEnabled)
            .map(Module::getName)
            .filter(name -> name != null && !name.startsWith("java.") && !name.startsWith("jdk."))
            .toList());
  }

  /// A program of the JDK that runs this.
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
