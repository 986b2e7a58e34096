package im.waxwing.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Three people who are already in contact, to begin worlds with: made once, then copied.
final class Template {
  static final List<String> PEOPLE = List.of("Alice", "Bob", "Carol");

  private final Path folder;
  private final List<SimulatedNode> nodes;
  private final Instant end;

  private Template(Path folder, List<SimulatedNode> nodes, Instant end) {
    this.folder = folder;
    this.nodes = nodes;
    this.end = end;
  }

  /// Makes one in `folder`, in good weather.
  ///
  /// @param homes names of the nodes; people live at one after the other
  static Template make(Path folder, List<String> homes) {
    World world = World.ofSeed(homes.size(), folder);
    populate(world, homes);
    new Calm(world).settle();
    world.people().forEach(Person::drop);
    return new Template(folder, world.nodes(), world.time().now());
  }

  /// Has three people come, set up and become contacts of each other.
  static void populate(World world, List<String> homes) {
    List<SimulatedNode> nodes = homes.stream().map(world::addNode).toList();
    for (int i = 0; i < PEOPLE.size(); i++) {
      world.addPerson(PEOPLE.get(i)).setsUpAt(nodes.get(i % nodes.size()));
    }
    List<Person> people = world.people();
    people.get(0).invites(people.get(1));
    people.get(1).invites(people.get(2));
    people.get(2).invites(people.get(0));
    world.pass(Duration.ofSeconds(1));
  }

  /// The same people at the same moment, to whom other things will happen.
  World copy(long seed, Path target, World.Variant variant) {
    World world = new World(seed, target, new VirtualTime(end), variant);
    nodes.forEach(world::addCopy);
    for (String name : PEOPLE) {
      copyFiles(folder.resolve(name), target.resolve(name));
      world.addPerson(name);
    }
    return world;
  }

  private static void copyFiles(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
