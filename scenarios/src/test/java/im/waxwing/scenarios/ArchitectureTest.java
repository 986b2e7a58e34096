package im.waxwing.scenarios;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Holds the compiled modules to the import rules of `docs/architecture.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String OURS = "im.waxwing.";

  /// Which of our modules each may name. `app` and the modules for testing may name all.
  private static final Map<String, Set<String>> MAY_NAME =
      Map.ofEntries(
          entry("base", Set.of()),
          entry("model", Set.of("base")),
          entry("primitives", Set.of("base", "model")),
          entry("packet", Set.of("base", "model", "primitives")),
          entry("protocol", Set.of("base", "model", "primitives", "packet")),
          entry("crypto", Set.of("base", "model", "primitives")),
          entry("store", Set.of("base", "model", "crypto")),
          entry("carrier", Set.of("base", "model")),
          entry(
              "carrier.relayed",
              Set.of("base", "model", "primitives", "packet", "protocol", "carrier")),
          entry("content", Set.of()),
          entry("api", Set.of("base", "model")),
          entry("engine", Set.of("base", "model", "api", "carrier", "crypto", "store", "content")),
          entry("node", Set.of("base", "model", "primitives", "packet", "protocol")),
          entry("web", Set.of("base", "model", "api")),
          entry("cli", Set.of("base", "model", "api")));

  private static final Set<String> MAY_NAME_ALL = Set.of("app", "testkit", "scenarios");

  /// Who alone may name a library: the prefix of its module's name, and our modules.
  private static final Map<String, Set<String>> ALONE =
      Map.of(
          "org.signal.libsignal", Set.of("crypto"),
          "org.xerial.sqlitejdbc", Set.of("store", "node"),
          "java.sql", Set.of("store", "node"),
          "io.vertx.", Set.of("carrier.relayed", "node", "web"),
          "io.netty.", Set.of("carrier.relayed", "node"),
          "info.picocli", Set.of("cli"));

  /// Reading an IP address that is written out is none of the network's business; looking one up
  /// is.
  private static final Pattern SOCKETS =
      Pattern.compile(
          "java/net/(\\w*Socket|InetAddress\\.(get(By|All|Local)|isReach)|URL|http/).*"
              + "|java/nio/channels/.*");

  private static final Pattern FILES =
      Pattern.compile("java/nio/file/.*|java/io/(File|RandomAccessFile).*");
  private static final Pattern THREADS =
      Pattern.compile(
          "java/lang/Thread(\\.|\\$).*|java/util/concurrent/\\w*Execut.*|java/util/Timer.*");
  private static final Pattern CLOCKS =
      Pattern.compile(
          "java/lang/System\\.(currentTimeMillis|nanoTime)"
              + "|java/time/\\w+\\.(now|system\\w*)"
              + "|java/time/InstantSource\\.system");

  private List<CompiledModule> modules = List.of();

  @BeforeAll
  void readTheCompiledModules() {
    modules = CompiledModule.allOfThisCheckout();
  }

  @Test
  void everyModuleOfTheProductIsHere() {
    Set<String> expected = new TreeSet<>(MAY_NAME.keySet());
    expected.addAll(MAY_NAME_ALL);

    assertThat(modules).extracting(CompiledModule::name).containsAll(expected);
  }

  @Test
  void everyModuleNamesOnlyWhatItMay() {
    for (CompiledModule module : modules) {
      if (!MAY_NAME_ALL.contains(module.name())) {
        assertThat(readable(module)).as(module.name()).isSubsetOf(MAY_NAME.get(module.name()));
      }
    }
  }

  @Test
  void eachLibraryIsNamedOnlyWhereItBelongs() {
    for (CompiledModule module : modules) {
      ALONE.forEach(
          (library, owners) -> {
            if (!owners.contains(module.name()) && !MAY_NAME_ALL.contains(module.name())) {
              assertThat(module.requires())
                  .as("%s must not name %s", module.name(), library)
                  .noneMatch(name -> name.startsWith(library));
            }
          });
    }
  }

  @Test
  void theAppNamesNeitherLibsignalNorTheSqlDriver() {
    assertThat(module("app").requires())
        .doesNotContain("org.signal.libsignal", "org.xerial.sqlitejdbc", "java.sql");
  }

  @Test
  void codecsTouchNoSocketFileThreadOrClock() {
    for (String name : List.of("model", "packet", "protocol")) {
      assertThat(uses(name, SOCKETS, FILES, THREADS, CLOCKS)).as(name).isEmpty();
    }
  }

  @Test
  void theEngineTouchesNoSocketFileOrClock() {
    assertThat(uses("engine", SOCKETS, FILES, CLOCKS)).isEmpty();
  }

  @Test
  void cryptoTouchesNoSocketOrFile() {
    assertThat(uses("crypto", SOCKETS, FILES)).isEmpty();
  }

  @Test
  void everyPackageWrittenByHandIsNullMarked() {
    for (CompiledModule module : modules) {
      if (!module.name().equals("content")) {
        assertThat(module.packagesNotNullMarked()).as(module.name()).isEmpty();
      }
    }
  }

  @Test
  void noPackagesOfAModuleNeedEachOtherInACircle() {
    for (CompiledModule module : modules) {
      assertThat(module.packagesInCircles()).as(module.name()).isEmpty();
    }
  }

  @Test
  void aModuleThatOpensFilesAndStartsProgramsIsSeenToDoSo() {
    assertThat(uses("scenarios", FILES)).isNotEmpty();
    assertThat(uses("scenarios", SOCKETS)).isNotEmpty();
  }

  private CompiledModule module(String name) {
    return modules.stream().filter(module -> module.name().equals(name)).findAny().orElseThrow();
  }

  private Set<String> uses(String name, Pattern... forbidden) {
    Predicate<String> matches =
        use -> Stream.of(forbidden).anyMatch(pattern -> pattern.matcher(use).matches());
    return module(name).uses().stream().filter(matches).collect(toSet());
  }

  /// Ours that a module may name by its descriptor: what it requires, and what that passes on.
  private Set<String> readable(CompiledModule module) {
    Map<String, CompiledModule> byName = new HashMap<>();
    modules.forEach(each -> byName.put(each.name(), each));
    Set<String> readable = new TreeSet<>();
    addReadable(module, _ -> true, byName, readable);
    return readable;
  }

  private static void addReadable(
      CompiledModule module,
      Predicate<ModuleDescriptor.Requires> followed,
      Map<String, CompiledModule> byName,
      Set<String> readable) {
    for (ModuleDescriptor.Requires required : module.descriptor().requires()) {
      String name = required.name();
      if (name.startsWith(OURS) && followed.test(required)) {
        String ours = name.substring(OURS.length());
        readable.add(ours);
        addReadable(
            Objects.requireNonNull(byName.get(ours), ours),
            passedOn -> passedOn.modifiers().contains(Modifier.TRANSITIVE),
            byName,
            readable);
      }
    }
  }
}
