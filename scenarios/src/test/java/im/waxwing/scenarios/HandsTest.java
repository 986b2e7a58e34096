package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

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

  private void assertEachSpeaksToTheirOwn() {
    assertThat(Partners.of(alice)).contains(hers.port()).doesNotContain(his.port());
    assertThat(Partners.of(bob)).contains(his.port()).doesNotContain(hers.port());
  }

  @Test
  void whoWritesStraightSpeaksToTheOtherNode() throws Exception {
    Town.introduce(alice, bob);
    allowsRelayOnly(alice);
    alice.writes("Bob", "straight");
    bob.awaitsText("Alice", "straight");

    assertThat(Partners.of(alice)).contains(his.port());
    assertThat(Partners.of(bob)).doesNotContain(hers.port());
  }

  private static void allowsRelayOnly(Person person) throws Exception {
    var body = ApiClient.body();
    body.putArray("networks").add("relay");
    person.api().call("set-ways", body);
  }
}
