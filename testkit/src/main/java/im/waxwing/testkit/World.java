package im.waxwing.testkit;

import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.carrier.Carrier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// People, a node or several, and the network between them, in one process and one thread: the real
/// engine, crypto and store of each person over simulated carriers.
///
/// ```java
/// world.person("Alice").invites(world.person("Bob"));
/// world.person("Bob").writes(world.person("Alice"), "hello");
/// world.pass(Duration.ofMinutes(1));
/// ```
public final class World implements AutoCloseable {
  private static final Set<ProblemKind> PASSING =
      EnumSet.of(
          ProblemKind.NOT_SET_UP,
          ProblemKind.NODE_UNREACHABLE,
          ProblemKind.NODE_REFUSED,
          ProblemKind.NODE_FULL,
          ProblemKind.NETWORK_UNREACHABLE,
          ProblemKind.NETWORK_STALE,
          ProblemKind.NO_WAY,
          ProblemKind.CLOCK_WRONG,
          ProblemKind.DISK_FULL,
          ProblemKind.CONTACT_UNKNOWN);

  private final Variant variant;
  private final Path folder;
  private final Chance chance;
  private final VirtualTime time;
  private final Trace trace;
  private final SimulatedNetwork network;
  private final RandomGenerator ids;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private Optional<SimulatedOnion> onion = Optional.empty();
  private final Map<String, Written> written = new LinkedHashMap<>();
  private final Afterwards afterwards = new Afterwards();
  private int lastNumber;
  private boolean lostDisks;

  /// What differs from the ordinary in a world, to see that it is caught.
  public record Variant(SimulatedNode.Promptness promptness, CarrierVariant carrier) {
    public static final Variant RIGHT =
        new Variant(SimulatedNode.Promptness.AFTER_COMMIT, carrier -> carrier);
  }

  /// What an engine gets for its carrier.
  @FunctionalInterface
  public interface CarrierVariant {
    Carrier of(Carrier carrier);
  }

  World(long seed, Path folder, VirtualTime time, Variant variant) {
    this.folder = folder;
    this.variant = variant;
    this.time = time;
    this.chance = Chance.ofSeed(seed);
    this.trace = new Trace(time);
    this.network = new SimulatedNetwork(time, chance.split());
    this.ids = chance.generator();
  }

  /// A world without anybody in it.
  ///
  /// @param folder for the stores of its people; goes with the world
  public static World ofSeed(long seed, Path folder) {
    return new World(seed, folder, new VirtualTime(), Variant.RIGHT);
  }

  /// A new node, empty.
  public SimulatedNode addNode(String name) {
    SimulatedNode node =
        SimulatedNode.atHost(name.toLowerCase(Locale.ROOT) + ".test", new Machine(name, time));
    return add(node);
  }

  SimulatedNode addCopy(SimulatedNode original) {
    return add(original.copyTo(new Machine(original.name(), time), variant.promptness()));
  }

  private SimulatedNode add(SimulatedNode node) {
    nodes.add(node);
    network.attach(node);
    return node;
  }

  /// An onion network, empty.
  public SimulatedOnion addOnion(String name) {
    String host = name.toLowerCase(Locale.ROOT) + ".test";
    return add(SimulatedOnion.atHost(host, time, network));
  }

  SimulatedOnion addCopy(SimulatedOnion original) {
    return add(original.copyTo(time, network));
  }

  private SimulatedOnion add(SimulatedOnion added) {
    onion = Optional.of(added);
    network.attach(added);
    return added;
  }

  /// The onion network of this world, if it has one.
  public Optional<SimulatedOnion> onion() {
    return onion;
  }

  /// Somebody new, whose app starts at once.
  public Person addPerson(String name) {
    Person person = new Person(this, name, new Machine(name, time), folder.resolve(name));
    people.put(name, person);
    person.start();
    return person;
  }

  public Person person(String name) {
    Person person = people.get(name);
    if (person == null) {
      throw new IllegalArgumentException("nobody has this name");
    }
    return person;
  }

  public List<Person> people() {
    return List.copyOf(people.values());
  }

  public List<SimulatedNode> nodes() {
    return List.copyOf(nodes);
  }

  public SimulatedNetwork network() {
    return network;
  }

  public VirtualTime time() {
    return time;
  }

  public Trace trace() {
    return trace;
  }

  Chance chance() {
    return chance;
  }

  /// Lets everybody try what they mean to do, then time pass.
  public void pass(Duration duration) {
    people().forEach(Person::triesAgain);
    time.pass(duration);
  }

  App open(Path store, Machine machine) {
    Carrier carrier = variant.carrier().of(new SimulatedCarrier(network, machine));
    return App.open(store, machine, carrier, chance.generator());
  }

  String newMessageId() {
    byte[] id = new byte[16];
    ids.nextBytes(id);
    return ByteString.copyOf(id).base64Url();
  }

  int nextNumber() {
    return ++lastNumber;
  }

  void remember(Written message) {
    written.put(message.id(), message);
  }

  Afterwards afterwards() {
    return afterwards;
  }

  List<Written> written() {
    return List.copyOf(written.values());
  }

  /// A node goes on without what it had on disk.
  void loseDisk(SimulatedNode node) {
    lostDisks = true;
    node.loseEverything();
  }

  boolean hasLostDisks() {
    return lostDisks;
  }

  /// A call ended in a problem: one that passes is tried again, any other should not be.
  void mayHappen(Person person, Intention intention, ProblemKind kind) {
    if (!PASSING.contains(kind)) {
      throw new AssertionError(person.name() + " " + intention.words() + ": ends in " + kind);
    }
  }

  /// Ends all programs and deletes their folders.
  @Override
  public void close() {
    people.values().forEach(person -> person.machine().onPowerCut(() -> {}));
    people.values().forEach(Person::drop);
    deleteAll(folder);
  }

  static void deleteAll(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(World::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
