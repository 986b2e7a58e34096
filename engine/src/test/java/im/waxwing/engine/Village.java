package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Some nodes and some people with real engines, whose time is moved by hand.
final class Village implements AutoCloseable {
  final Hours hours = new Hours();
  final MemoryNet net = new MemoryNet(hours);
  final MemoryNode node = net.add("node.example");
  private final Path folder;
  private final List<Someone> people = new ArrayList<>();

  Village(Path folder) {
    this.folder = folder;
  }

  /// A person who has an account at the first node.
  Someone person(String name) throws ProblemException {
    return newcomer(name).setUp();
  }

  /// A person who has an account at another node.
  Someone person(String name, MemoryNode home) throws ProblemException {
    return newcomer(name, name, home).setUp();
  }

  /// A person whose app runs for the first time.
  Someone newcomer(String name) {
    return newcomer(name, name);
  }

  Someone newcomer(String name, String device) {
    return newcomer(name, device, node);
  }

  private Someone newcomer(String name, String device, MemoryNode home) {
    Someone someone = new Someone(hours, net, home, folder.resolve(device), name);
    people.add(someone);
    return someone;
  }

  /// Makes contacts of two people.
  void introduce(Someone host, Someone guest) throws ProblemException {
    guest.engine.accept(host.invites().link());
    boolean met =
        hours.passUntil(
            () -> host.knows(guest.name()) && guest.knows(host.name()), Duration.ofMinutes(1));
    if (!met) {
      throw new AssertionError("they did not become contacts");
    }
    settle();
  }

  /// Lets everything happen that needs no long pause.
  void settle() {
    hours.pass(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    people.forEach(someone -> someone.store.close());
  }
}
