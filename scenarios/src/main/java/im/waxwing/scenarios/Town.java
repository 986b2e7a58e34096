package im.waxwing.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A place for one scenario: a node and people whose apps are real processes, in a folder that is
/// gone afterwards.
public final class Town implements AutoCloseable {
  private final Programs programs;
  private final Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  public Town(Programs programs) throws ScenarioException {
    this.programs = programs;
    try {
      this.folder = Files.createTempDirectory("waxwing-town");
    } catch (IOException e) {
      throw new ScenarioException("no temporary folder", e);
    }
  }

  public Path folder() {
    return folder;
  }

  public NodeProcess node(String... options) throws ScenarioException, InterruptedException {
    return node(Map.of(), options);
  }

  /// A node with additions to its environment, as `JDK_JAVA_OPTIONS`.
  public NodeProcess node(Map<String, String> environment, String... options)
      throws ScenarioException, InterruptedException {
    Path home = folder.resolve("node" + open.size());
    NodeProcess node =
        NodeProcess.start(programs, home, FreePort.find(), List.of(options), environment);
    open.push(node);
    return node;
  }

  /// Ends with this town what was started without it.
  <T extends AutoCloseable> T adopt(T started) {
    open.push(started);
    return started;
  }

  /// Somebody with an account whose mailbox stands at `node`.
  public Person person(String name, NodeProcess node, String... options)
      throws ScenarioException, InterruptedException {
    Person person = newcomer(name, options);
    person.setsUp(node);
    return person;
  }

  /// Somebody with an account whose mailbox stands in an onion network.
  public Person person(String name, OnionNetwork network)
      throws ScenarioException, InterruptedException {
    Person person = newcomer(name);
    person.setsUp(network.address());
    return person;
  }

  /// Somebody who has just started the app for the first time.
  Person newcomer(String name, String... options) throws ScenarioException, InterruptedException {
    Path home = folder.resolve("person" + open.size());
    Person person = Person.start(programs, name, home, List.of(options));
    open.push(person);
    return person;
  }

  /// Makes two people contacts, by an invitation.
  public static void introduce(Person host, Person guest)
      throws ScenarioException, InterruptedException {
    guest.accepts(host.invites());
    guest.awaitsContact(host.name());
    host.awaitsContact(guest.name());
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a process of the scenario could not be ended", e);
      }
    }
    deleteFolder();
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the scenario's folder could not be removed", e);
    }
  }
}
