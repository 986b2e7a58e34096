package im.waxwing.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Three people who are already in contact, to begin worlds with: made once, then copied.
final class Template {
  static final List<String> PEOPLE = List.of("Alice", "Bob", "Carol");

  private final Path folder;
  private final List<SimulatedNode> nodes;
  private final Optional<SimulatedOnion> onion;
  private final Instant end;

  /// Where the people of a world live.
  ///
  /// @param nodes names of the nodes; people live at one after the other
  /// @param onion whether there is an onion network as well: then Alice lives there besides, and
  ///   Carol only there
  record Town(List<String> nodes, boolean onion) {}

  private Template(Path folder, World world) {
    this.folder = folder;
    this.nodes = world.nodes();
    this.onion = world.onion();
    this.end = world.time().now();
  }

  /// Makes one in `folder`, in good weather.
  static Template make(Path folder, Town town) {
    World world = World.ofSeed(town.nodes().size(), folder);
    populate(world, town);
    new Calm(world).settle();
    world.people().forEach(Person::drop);
    return new Template(folder, world);
  }

  /// Has three people come, set up and become contacts of each other.
  static void populate(World world, Town town) {
    List<SimulatedNode> nodes = town.nodes().stream().map(world::addNode).toList();
    for (int i = 0; i < PEOPLE.size(); i++) {
      world.addPerson(PEOPLE.get(i));
    }
    List<Person> people = world.people();
    if (town.onion()) {
      SimulatedOnion network = world.addOnion("Onion");
      people.get(0).setsUpAt(nodes.getFirst());
      people.get(1).setsUpAt(nodes.getLast());
      people.get(2).setsUpIn(network);
      people.forEach(person -> person.choosesWays(List.of("federated", "onion", "relay")));
    } else {
      for (int i = 0; i < PEOPLE.size(); i++) {
        people.get(i).setsUpAt(nodes.get(i % nodes.size()));
      }
    }
    people.get(0).invites(people.get(1));
    people.get(1).invites(people.get(2));
    people.get(2).invites(people.get(0));
    // Not before: an invitation is handed over even if the network does not answer.
    world.onion().ifPresent(people.get(0)::enters);
    world.pass(Duration.ofSeconds(1));
  }

  /// The same people at the same moment, to whom other things will happen.
  World copy(long seed, Path target, World.Variant variant) {
    World world = new World(seed, target, new VirtualTime(end), variant);
    nodes.forEach(world::addCopy);
    onion.ifPresent(world::addCopy);
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
