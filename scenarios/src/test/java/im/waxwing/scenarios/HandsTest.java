package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Whom an app speaks to, as the kernel lists its connections.
@EnabledOnOs(OS.LINUX)
final class HandsTest {
  private Town town;
  private NodeProcess hers;
  private NodeProcess his;
  private Person alice;
  private Person bob;

  @BeforeEach
  void twoPeopleOfTwoNodes() throws Exception {
    town = new Town(Programs.ofThisCheckout());
    hers = town.node();
    his = town.node();
    alice = town.person("Alice", hers);
    bob = town.person("Bob", his);
  }

  @AfterEach
  void tidyUp() {
    town.close();
  }

  @Test
  void whoWritesThroughTheirOwnNodeNeverSpeaksToTheOther() throws Exception {
    Town.introduce(alice, bob);
    assertEachSpeaksToTheirOwn();
    String id = alice.writes("Bob", "through two nodes");
    bob.reads("Alice", bob.awaitsText("Alice", "through two nodes"));
    assertEachSpeaksToTheirOwn();
    alice.awaitsState("Bob", id, "READ");
    bob.writes("Alice", "and back");
    alice.awaitsText("Bob", "and back");
    assertEachSpeaksToTheirOwn();
  }

  private void assertEachSpeaksToTheirOwn() throws IOException {
    assertThat(partners(alice)).contains(port(hers)).doesNotContain(port(his));
    assertThat(partners(bob)).contains(port(his)).doesNotContain(port(hers));
  }

  @Test
  void whoWritesStraightSpeaksToTheOtherNode() throws Exception {
    Town.introduce(alice, bob);
    allowsRelayOnly(alice);
    alice.writes("Bob", "straight");
    bob.awaitsText("Alice", "straight");

    assertThat(partners(alice)).contains(port(his));
    assertThat(partners(bob)).doesNotContain(port(hers));
  }

  private static void allowsRelayOnly(Person person) throws Exception {
    var body = ApiClient.body();
    body.putArray("networks").add("relay");
    person.api().call("set-ways", body);
  }

  private static int port(NodeProcess node) {
    return Integer.parseInt(node.address().split("[:/]", -1)[1]);
  }

  /// The ports at the other end of a process's connections.
  private static Set<Integer> partners(Person person) throws IOException {
    Path process = Path.of("/proc", Long.toString(person.pid()));
    Set<String> sockets = sockets(process.resolve("fd"));
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(process.resolve(table))) {
        String[] fields = line.strip().split(" +", -1);
        if (sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[2].substring(fields[2].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.map(HandsTest::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException _) {
      return ""; // closed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
