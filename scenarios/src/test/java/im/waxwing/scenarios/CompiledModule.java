package im.waxwing.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One of our modules as the compiler left it in `target/classes`.
///
/// @param descriptor its `module-info`
/// @param classes all of its classes
record CompiledModule(ModuleDescriptor descriptor, List<ClassModel> classes) {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /// Built after this module, or not ours.
  private static final Set<String> NOT_READ = Set.of("fuzz", "bench", "crypto/libsignal");

  static List<CompiledModule> allOfThisCheckout() {
    Path root = Path.of("..").toAbsolutePath().normalize();
    try {
      return MODULE
          .matcher(Files.readString(root.resolve("pom.xml")))
          .results()
          .map(result -> result.group(1))
          .filter(folder -> !NOT_READ.contains(folder))
          .map(folder -> read(root.resolve(folder, "target", "classes")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledModule read(Path folder) {
    List<ModuleReference> found = List.copyOf(ModuleFinder.of(folder).findAll());
    if (found.size() != 1) {
      throw new IllegalStateException("not compiled: " + folder);
    }
    try (ModuleReader reader = found.getFirst().open()) {
      List<ClassModel> classes = new ArrayList<>();
      for (String name : reader.list().filter(each -> each.endsWith(".class")).toList()) {
        try (var in = reader.open(name).orElseThrow()) {
          classes.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
      return new CompiledModule(found.getFirst().descriptor(), classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its name without the part that all have in common, as `carrier.relayed`.
  String name() {
    return descriptor.name().substring("im.waxwing.".length());
  }

  Set<String> requires() {
    return descriptor.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Every class it names, as `java/net/Socket`, and every method or field, as
  /// `java/lang/System.nanoTime`.
  Set<String> uses() {
    Set<String> uses = new TreeSet<>();
    classes.forEach(each -> uses.addAll(uses(each)));
    return uses;
  }

  private static Set<String> uses(ClassModel model) {
    Set<String> uses = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry named -> uses.add(named.asInternalName());
        case MemberRefEntry member ->
            uses.add(member.owner().asInternalName() + "." + member.name().stringValue());
        default -> {}
      }
    }
    return uses;
  }

  Set<String> packagesNotNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (ClassModel each : classes) {
      String name = each.thisClass().asInternalName();
      if (!name.equals("module-info")) {
        packages.add(packageOf(name));
      }
      if (name.endsWith("/package-info") && isNullMarked(each)) {
        marked.add(packageOf(name));
      }
    }
    packages.removeAll(marked);
    return packages;
  }

  private static boolean isNullMarked(ClassModel packageInfo) {
    return packageInfo
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(found -> found.annotations().stream().anyMatch(CompiledModule::saysNullMarked))
        .orElse(false);
  }

  private static boolean saysNullMarked(Annotation annotation) {
    return annotation.className().equalsString("Lorg/jspecify/annotations/NullMarked;");
  }

  /// Packages that can be reached from themselves by way of another.
  Set<String> packagesInCircles() {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (ClassModel each : classes) {
      String from = packageOf(each.thisClass().asInternalName());
      Set<String> targets = needs.computeIfAbsent(from, _ -> new TreeSet<>());
      uses(each).stream()
          .filter(use -> !use.contains("."))
          .forEach(use -> targets.add(packageOf(use)));
      targets.remove(from);
    }
    needs.values().forEach(targets -> targets.retainAll(needs.keySet()));
    while (needs.values().removeIf(Set::isEmpty)) {
      needs.values().forEach(targets -> targets.retainAll(needs.keySet()));
    }
    return needs.keySet();
  }

  private static String packageOf(String internalName) {
    return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
  }
}
