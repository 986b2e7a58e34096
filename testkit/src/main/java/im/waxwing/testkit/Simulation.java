package im.waxwing.testkit;

import im.waxwing.testkit.Template.Town;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Runs one world a seed: three people at one node or several, or in an onion network, a stretch of
/// random faults, an end in quiet, and a check of all that was promised. The same seed gives the
/// same world.
///
/// Safe for many threads, each running its own world.
public final class Simulation implements AutoCloseable {
  private static final List<Town> TOWNS =
      List.of(
          new Town(List.of("North"), false),
          new Town(List.of("North", "South"), false),
          new Town(List.of("North", "South", "East"), false),
          new Town(List.of("North", "South"), true));
  private static final double STRANGERS = 0.1;
  private static final int LEAST_STEPS = 5;
  private static final int MOST_STEPS = 14;

  private final Path folder;
  private final World.Variant variant;
  private final List<Template> templates;

  /// A world in which a promise was broken.
  ///
  /// @param trace what happened in it, line by line
  public record Failure(long seed, Throwable cause, List<String> trace) {}

  private Simulation(Path folder, World.Variant variant) {
    this.folder = folder;
    this.variant = variant;
    this.templates =
        IntStream.range(0, TOWNS.size())
            .mapToObj(town -> Template.make(folder.resolve("template " + town), TOWNS.get(town)))
            .toList();
  }

  /// Makes ready in memory, where there is a file system for it, else among temporary files.
  public static Simulation open(World.Variant variant) {
    try {
      Path memory = Path.of("/dev/shm");
      String prefix = "waxwing-worlds";
      return new Simulation(
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, prefix)
              : Files.createTempDirectory(prefix),
          variant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs the world of a seed to its end.
  public Optional<Failure> run(long seed) {
    return play(seed, begin(seed), Simulation::storm);
  }

  /// Runs a world of three people in contact at one node, in which `script` happens before the
  /// quiet and the check.
  public Optional<Failure> run(long seed, Consumer<World> script) {
    return play(seed, templates.getFirst().copy(seed, place(seed), variant), script);
  }

  private static Optional<Failure> play(long seed, World begun, Consumer<World> script) {
    try (World world = begun) {
      try {
        script.accept(world);
        end(world);
        return Optional.empty();
      } catch (RuntimeException | AssertionError e) {
        return Optional.of(new Failure(seed, e, world.trace().lines()));
      }
    }
  }

  /// What happens in the world of a seed, line by line.
  public List<String> trace(long seed) {
    try (World world = begin(seed)) {
      storm(world);
      end(world);
      return world.trace().lines();
    }
  }

  private Path place(long seed) {
    return folder.resolve("world " + seed);
  }

  private World begin(long seed) {
    Chance chance = Chance.ofSeed(~seed);
    Path place = place(seed);
    int town = chance.happens(0.5) ? 0 : chance.between(1, TOWNS.size() - 1);
    if (chance.happens(STRANGERS)) {
      World world = new World(seed, place, new VirtualTime(), variant);
      new Storm(world).blow();
      Template.populate(world, TOWNS.get(town));
      return world;
    }
    return templates.get(town).copy(seed, place, variant);
  }

  private static void storm(World world) {
    new Storm(world).rage(world.chance().between(LEAST_STEPS, MOST_STEPS));
  }

  private static void end(World world) {
    Calm calm = new Calm(world);
    calm.begin();
    calm.settle();
    calm.check();
  }

  @Override
  public void close() {
    World.deleteAll(folder);
  }
}
