package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a person does and reads in a terminal. The numbers are those of `--help`.
final class CommandLineTest {
  private static Town town;
  private static NodeProcess node;
  private static Person alice;
  private static Person bob;

  @BeforeAll
  static void startBoth() throws Exception {
    town = new Town(Programs.ofThisCheckout());
    node = town.node();
    alice = town.newcomer("Alice");
    bob = town.person("Bob", node);
  }

  @AfterAll
  static void endBoth() {
    town.close();
  }

  @Test
  void twoPeopleMeetAndWriteInATerminal() throws Exception {
    assertThat(of(alice, "status").out()).contains("account: none yet");
    assertThat(of(alice, "setup", "--name", "Alice", "--home", node.address()).out())
        .contains("Your account is ready.")
        .contains("There is no backup yet");
    String link = json(of(alice, "invite", "--json")).path("link").asText();
    assertThat(of(bob, "preview", link).out()).contains("Alice");
    assertThat(of(bob, "accept", link).out()).contains("You can write to Alice now.");
    bob.awaitsContact("Alice");
    alice.awaitsContact("Bob");
    assertThat(of(bob, "contacts").out()).contains("Alice");

    assertThat(of(bob, "send", "Alice", "Is", "this", "thing", "on?").exitCode()).isZero();
    alice.awaitsText("Bob", "Is this thing on?");
    assertThat(of(alice, "read").out()).contains("Bob: 1 unread");
    JsonNode read = json(of(alice, "read", "Bob", "--json"));
    assertThat(read.path("text").asText()).isEqualTo("Is this thing on?");
    assertThat(of(alice, "read").out()).contains("Bob: 0 unread");
    assertThat(json(of(alice, "status", "--json")).path("node").path("state").asText())
        .isEqualTo("CONNECTED");

    refused(of(alice, "accept", link), 6, "this is your own invitation", "send it to the person");
    Person carol = town.person("Carol", node);
    refused(of(carol, "accept", link), 6, "somebody else has used this", "ask for a new one");
    String cut = link.substring(0, link.length() - 9);
    refused(of(carol, "accept", cut), 2, "the invitation is cut off", "copy the whole link again");
    refused(of(carol, "send", "Alice", "hi"), 5, "there is no such contact", "./waxwing contacts");
  }

  @Test
  void anInvitationTakenBackLetsNobodyIn() throws Exception {
    JsonNode invitation = json(of(bob, "invite", "--json"));
    of(bob, "revoke", invitation.path("id").asText());
    Person dora = town.person("Dora", node);

    refused(
        of(dora, "accept", invitation.path("link").asText()),
        6,
        "the invitation was taken back",
        "ask for a new one");
  }

  @Test
  void withoutARunningAppACommandSaysHowToStartIt() throws Exception {
    Path nobody = town.folder().resolve("nobody");

    refused(
        Run.of("status", "--data", nobody.toString()),
        3,
        "is not running",
        "start it with: ./waxwing");
  }

  @Test
  void aSecondAppOnTheSameFolderSaysThatOneIsRunning() throws Exception {
    refused(
        Run.of("--no-browser", "--port", "0", "--data", bob.folder().toString()),
        9,
        "another Waxwing uses this data folder",
        "./waxwing open");
    assertThat(bob.status().path("name").asText()).isEqualTo("Bob");
  }

  @Test
  void aTakenPortIsNamedAsTheTrouble() throws Exception {
    Path folder = town.folder().resolve("another");

    refused(
        Run.of("--no-browser", "--port", Integer.toString(bob.port()), "--data", folder.toString()),
        9,
        "the port is taken by another program",
        "choose another with --port");
  }

  @Test
  void aNodeWhosePortIsTakenSaysSo() throws Exception {
    Path folder = town.folder().resolve("another-node");
    String port = node.address().split("[:/]", -1)[1];

    refused(Run.of("node", "--port", port, "--data", folder.toString()), 4, "port", "--port");
  }

  @Test
  void whatIsNotUnderstoodIsAnsweredWithTheUsage() throws Exception {
    Run run = Run.of("sned", "Bob", "hello");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error:");
  }

  private static Run of(Person person, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(1, List.of("--data", person.folder().toString()));
    return Run.of(all.toArray(String[]::new));
  }

  private static JsonNode json(Run run) throws Exception {
    assertThat(run.err()).isEmpty();
    return ApiClient.JSON.readTree(run.out());
  }

  private static void refused(Run run, int exitCode, String sentence, String remedy) {
    assertThat(run.err()).contains("error: ").contains("hint: ").contains(sentence, remedy);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }
}
