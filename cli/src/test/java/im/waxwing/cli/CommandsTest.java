package im.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.memory.MemoryMessenger;
import im.waxwing.api.memory.MemoryTown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final int LIMIT_SECONDS = 20;

  @TempDir private Path alicesFolder;
  @TempDir private Path bobsFolder;
  private MemoryTown town;
  private MemoryMessenger bobsMessenger;
  private Session alice;
  private Session bob;

  @BeforeEach
  void twoPeople() throws Exception {
    town = new MemoryTown();
    bobsMessenger = town.person("Bob");
    alice = new Session(town.person("Alice"), alicesFolder);
    bob = new Session(bobsMessenger, bobsFolder);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  @Nested
  class Saying {
    private String id = "";

    @BeforeEach
    void aLetter() throws Exception {
      bob.run("accept", alice.run("invite").out().lines().findFirst().orElseThrow());
      id = json(alice.run("send", "--json", "Bob", "At", "noon?")).get("id").asText();
    }

    @Test
    void repliesReactionsAndEditsAreShownWhenRead() throws Exception {
      bob.run("send", "--reply-to", id, "Alice", "Yes");
      bob.run("react", "Alice", id, "\u2764");
      alice.run("edit", "Bob", id, "At", "one?");

      assertThat(bob.run("read", "Alice").out())
          .contains(
              "Alice: At one? (edited)\n    \u2764 (yours)\n", "Yes\n    in answer to Alice: ");
      assertThat(bob.run("react", "Alice", id).out()).isEqualTo("Taken back.\n");
      assertThat(alice.run("read", "Bob").out()).doesNotContain("\u2764");
    }

    @Test
    void aMessageIsRemovedForBoth() {
      Session.Outcome notHis = bob.run("unsend", "Alice", id);
      alice.run("unsend", "Bob", id);

      assertThat(notHis.code()).isNotZero();
      assertThat(bob.run("read", "Alice").out()).contains("Alice: (removed)\n");
    }

    @Test
    void messagesAreFound() {
      assertThat(bob.run("search", "noon").out()).contains("Alice: At noon?\n");
      assertThat(bob.run("search", "--in", "Alice", "midnight").out()).isEmpty();
    }

    @Test
    void aTimerIsSetAndShown() {
      alice.run("timer", "Bob", "8h");

      assertThat(bob.run("timer", "Alice").out()).contains(" 8 hours ");
      assertThat(bob.run("timer", "Alice", "off").out()).isEqualTo("Messages stay.\n");
      assertThat(bob.run("timer", "Alice", "soon").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aContactIsBlockedMutedAndPutAway() {
      assertThat(bob.run("mute", "Alice").out()).isEqualTo("Muted.\n");
      assertThat(bob.run("archive", "Alice").out()).isEqualTo("Put away.\n");
      assertThat(bob.run("block", "Alice").code()).isZero();
      alice.run("send", "Bob", "Hello?");
      assertThat(bob.run("read", "Alice").out()).doesNotContain("Hello?");
      assertThat(bob.run("block", "--undo", "Alice").out())
          .isEqualTo("Their letters are taken again.\n");
    }
  }

  @Nested
  class Meeting {
    @Test
    void anInvitationIsMadeLookedAtAndAccepted() {
      Session.Outcome invited = alice.run("invite", "--hours", "24");
      String link = invited.out().lines().findFirst().orElseThrow();
      Session.Outcome looked = bob.run("preview", link);
      Session.Outcome accepted = bob.run("accept", link);

      assertThat(invited.code()).isZero();
      assertThat(link).startsWith("waxwing:i/");
      assertThat(invited.out()).contains("█", "For one person, until ");
      assertThat(looked.out()).contains("From: Alice\n", "home.example");
      assertThat(accepted.out()).isEqualTo("You can write to Alice now.\n");
      assertThat(alice.run("contacts").out()).isEqualTo("Bob\n");
      assertThat(alice.run("invitations").out()).contains("used by Bob");
    }

    @Test
    void anInvitationCanBeTakenBack() throws Exception {
      String id = json(alice.run("invite", "--json")).get("id").asText();

      Session.Outcome revoked = alice.run("revoke", id);

      assertThat(revoked.out()).isEqualTo("The invitation is taken back.\n");
      assertThat(alice.run("invitations").out()).contains(id, "taken back");
    }

    @Test
    void safetyNumbersAreShownAndMarked() {
      meet();

      Session.Outcome shown = alice.run("verify", "Bob");
      Session.Outcome marked = alice.run("verify", "Bob", "--same");
      Session.Outcome forgotten = alice.run("verify", "Bob", "--forget");

      assertThat(shown.out())
          .startsWith("01234 56789 01234 56789\n01234 ")
          .contains("Not verified.");
      assertThat(marked.out()).contains("Marked as verified.");
      assertThat(forgotten.out()).contains("Not verified.");
    }

    @Test
    void aNewcomerSetsUpAnAccount(@TempDir Path folder) throws Exception {
      try (Session carol = new Session(town.newcomer(), folder)) {
        Session.Outcome before = carol.run("contacts");
        Session.Outcome setUp = carol.run("setup", "--name", "Carol", "--home", "h:1/KEY/TOKEN");
        Session.Outcome again = carol.run("setup", "--name", "Carol", "--here");

        assertThat(before.code()).isEqualTo(ExitCode.NOT_SET_UP.number());
        assertThat(setUp.code()).isZero();
        assertThat(setUp.out()).contains("losing the data folder loses the account");
        assertThat(again.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(carol.run("status").out()).contains("account: Carol", "connected");
      }
    }
  }

  @Nested
  class Writing {
    @BeforeEach
    void inContact() {
      meet();
    }

    @Test
    void aMessageIsSentAndRead() {
      Session.Outcome sent = alice.run("send", "Bob", "Come", "at", "noon.");
      Session.Outcome read = bob.run("read", "Alice");
      Session.Outcome after = alice.run("read", "Bob");

      assertThat(sent.out()).isEqualTo("Delivered to their device.\n");
      assertThat(read.out())
          .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  Alice: Come at noon\\.\n");
      assertThat(after.out()).contains("you (read): Come at noon.");
    }

    @Test
    void aMessageIsDeletedByTheIdThatReadShows() throws Exception {
      alice.run("send", "Bob", "regret");
      String id = json(alice.run("read", "Bob", "--json")).get("id").asText();

      Session.Outcome listed = alice.run("read", "Bob", "--ids");
      Session.Outcome deleted = alice.run("delete", "Bob", id);

      assertThat(listed.out()).startsWith(id + "  ");
      assertThat(deleted.out()).isEqualTo("Deleted here.\n");
      assertThat(alice.run("read", "Bob").out()).isEmpty();
      assertFails(alice.run("delete", "Bob", id), ProblemKind.MESSAGE_UNKNOWN, ExitCode.UNKNOWN);
    }

    @Test
    void onlyWhatFailedIsTriedAgain() throws Exception {
      alice.run("send", "Bob", "hello");
      String id = json(alice.run("read", "Bob", "--json")).get("id").asText();

      assertThat(alice.run("retry", "Bob").out()).isEqualTo("Nothing has failed.\n");
      assertThat(alice.run("retry", "Bob", id).out()).isEqualTo("1 message is tried again.\n");
    }

    @Test
    void aNewNameIsToldToTheContacts() {
      assertThat(alice.run("rename", "Alice L.").out())
          .isEqualTo("You are Alice L. to your contacts.\n");
      assertThat(bob.run("contacts").out()).contains("Alice L.");
      assertFails(alice.run("rename", " "), ProblemKind.NAME_INVALID, ExitCode.USAGE);
    }

    @Test
    void itSaysByWhichNodesLettersTravelAndWhichOneIsMissing() {
      alice.run("move", "there.example:7443/KEY/TOKEN");
      town.down("there.example", true);

      Session.Outcome ways = alice.run("ways", "Bob");
      Session.Outcome chosen = alice.run("ways", "Bob", "--set", "federated,relay");
      Session.Outcome back = alice.run("ways", "Bob", "--default");

      assertThat(ways.out())
          .isEqualTo(
              """
              Letters go by federated: you → there.example (your node) → home.example (their node) → they
                federated  allowed      there.example does not answer
                onion      allowed      they have no mailbox in an onion network
                relay      not allowed  works
              As by default.
              """);
      assertThat(chosen.out())
          .startsWith("Letters go by relay: you → home.example (their node) → they\n")
          .endsWith("Chosen for this contact.\n");
      assertThat(back.out()).isEqualTo(ways.out());
    }

    @Test
    void theDefaultIsShownAndChosen() {
      assertThat(alice.run("ways").out()).isEqualTo("Letters go by: federated, else onion.\n");
      assertThat(alice.run("ways", "--set", "relay,federated").out())
          .isEqualTo("Letters go by: relay, else federated.\n");
      assertFails(alice.run("ways", "--set", "pigeon"), ProblemKind.WAYS_INVALID, ExitCode.USAGE);
      assertThat(alice.run("ways", "--default").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void movingHouseTellsHowLongTheOldMailboxIsRead() {
      Session.Outcome moved = alice.run("move", "there.example:7443/KEY/TOKEN");

      assertThat(moved.out())
          .contains(
              "Your mailbox stands in its new place", "Letters to home.example are read until");
      assertThat(alice.run("status").out())
          .contains("node:    there.example:7443/KEY", "before:  home.example, read until");
      assertFails(alice.run("move", "nowhere"), ProblemKind.NODE_ADDRESS_INVALID, ExitCode.USAGE);
    }

    @Test
    void aNetworkIsEnteredShownAndLeft() {
      Session.Outcome before = bob.run("network");
      Session.Outcome entered = bob.run("network", "enter", "onion:entry.example:7443/ID");
      Session.Outcome shown = bob.run("network");
      alice.run("ways", "--set", "onion");
      Session.Outcome ways = alice.run("ways", "Bob");
      Session.Outcome left = bob.run("network", "leave");

      assertThat(before.out()).isEqualTo("none\n");
      assertThat(entered.out()).startsWith("Your letters can come by the network, too");
      assertThat(shown.out()).isEqualTo("onion:entry.example:7443/ID, connected\n");
      assertThat(ways.out())
          .startsWith(
              "Letters go by onion: you → guard.example (your guard) → a relay → a relay →"
                  + " their swarm → they\n");
      assertThat(left.out()).contains("Letters to entry.example are read until");
      assertFails(
          bob.run("network", "enter", "entry.example"),
          ProblemKind.NETWORK_ADDRESS_INVALID,
          ExitCode.USAGE);
    }

    @Test
    void whoLivesInANetworkOnlyCannotLeaveIt() {
      bob.run("move", "onion:entry.example:7443/ID");

      assertThat(bob.run("status").out())
          .contains("node:    none", "network: onion:entry.example:7443/ID, connected");
      assertFails(bob.run("network", "leave"), ProblemKind.LAST_HOME, ExitCode.REFUSED);
    }

    @Test
    void aMessageCanBePipedIn() throws Exception {
      alice.typing("first line\nsecond line\n").run("send", "bob");

      JsonNode message = json(bob.run("read", "Alice", "--json"));
      assertThat(message.get("text").asText()).isEqualTo("first line\nsecond line");
    }

    @Test
    void aLetterForSomebodyAwayIsSaidToWait() {
      bobsMessenger.away(true);

      Session.Outcome sent = alice.run("send", "Bob", "hello");

      assertThat(sent.code()).isZero();
      assertThat(sent.out()).isEqualTo("It waits here and goes when the node answers.\n");
      assertThat(alice.run("status").out()).contains("waiting: 1 letter\n");
    }

    @Test
    void readWithoutANameTellsWhatIsUnread() {
      alice.run("send", "Bob", "one");
      alice.run("send", "Bob", "two");

      assertThat(bob.run("read").out()).isEqualTo("Alice: 2 unread\n");
      bob.run("read", "Alice");
      assertThat(bob.run("read").out()).isEqualTo("Alice: 0 unread\n");
    }

    @Test
    void followingShowsWhatComesUntilTheAppEnds() throws Exception {
      alice.run("send", "Bob", "before");
      CompletableFuture<Session.Outcome> followed =
          CompletableFuture.supplyAsync(() -> bob.run("read", "Alice", "--follow", "--json"));
      awaitRead("before");
      alice.run("send", "Bob", "meanwhile");
      awaitRead("meanwhile");

      bob.close();
      Session.Outcome outcome = followed.get(LIMIT_SECONDS, TimeUnit.SECONDS);

      assertThat(outcome.out().lines().map(CommandsTest::json).map(m -> m.get("text").asText()))
          .containsExactly("before", "meanwhile");
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
      Session.Outcome outcome = alice.run("send", "Bob", "x".repeat(20_000));

      assertFails(outcome, ProblemKind.TEXT_TOO_LONG, ExitCode.USAGE);
    }

    @Test
    void anEmptyTextIsRefused() {
      assertFails(alice.run("send", "Bob"), ProblemKind.MESSAGE_EMPTY, ExitCode.USAGE);
    }

    @Test
    void tricksInATextAreShownAndDoNothing() {
      String tricks = "\u001B[2J\u202Eevil\u0007\u009B31m\r\nfake: line\u2028x";
      alice.run("send", "Bob", tricks);

      String out = bob.run("read", "Alice").out();
      String asJson = bob.run("read", "Alice", "--json").out();

      assertThat(out).contains("\uFFFD[2J\uFFFDevil\uFFFD\uFFFD31m\n    fake: line\uFFFDx\n");
      assertThat(out).doesNotContain("\u001B", "\u202E", "\u0007", "\u009B", "\r");
      assertThat(asJson).matches("[\\x20-\\x7E]+\n");
    }

    @Test
    void lettersOfEveryScriptAreLeftAlone() {
      String text = "Zwölf Boxkämpfer שלום नमस्ते 👩‍👩‍👧 ☺";
      alice.run("send", "Bob", text);

      assertThat(bob.run("read", "Alice").out()).contains(text);
    }

    @Test
    void aNameThatTwoContactsShareIsNotGuessed(@TempDir Path folder) throws Exception {
      try (Session other = new Session(town.person("Bob"), folder)) {
        String link = alice.run("invite").out().lines().findFirst().orElseThrow();
        other.run("accept", link);

        Session.Outcome outcome = alice.run("send", "Bob", "hello");

        assertThat(outcome.code()).isEqualTo(ExitCode.UNKNOWN.number());
        assertThat(outcome.err()).startsWith("error: several contacts have this name\nhint: ");
      }
    }

    private void awaitRead(String text) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!alice.run("read", "Bob").out().contains("you (read): " + text)) {
        assertThat(System.nanoTime()).as("Bob reads " + text).isLessThan(deadline);
      }
    }
  }

  @Nested
  class Failing {
    @Test
    void withoutTheAppItSaysHowToStartIt(@TempDir Path empty) {
      Session.Outcome outcome = Session.run("", List.of("status", "--data", empty.toString()));

      assertThat(outcome.code()).isEqualTo(ExitCode.NOT_RUNNING.number());
      assertThat(outcome.err())
          .isEqualTo("error: Waxwing is not running\nhint: start it with: ./waxwing\n");
      assertThat(outcome.out()).isEmpty();
    }

    @Test
    void anAppThatEndedIsNotRunning() {
      bob.close();

      assertFails(bob.run("status"), ProblemKind.APP_NOT_RUNNING, ExitCode.NOT_RUNNING);
    }

    @Test
    void aWrongTokenIsNotLetIn() throws Exception {
      Files.writeString(bobsFolder.resolve("api-token"), "wrong\n");

      assertFails(bob.run("status"), ProblemKind.NOT_ALLOWED, ExitCode.NOT_RUNNING);
    }

    @Test
    void somethingElseOnThePortIsNotTheApp() throws Exception {
      Files.writeString(new DataFolder(bobsFolder).lockFile(), "not a port");

      assertFails(bob.run("status"), ProblemKind.APP_NOT_RUNNING, ExitCode.NOT_RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "verify", "read"})
    void anUnknownContactIsNamedAsTheProblem(String command) {
      assertFails(alice.run(command, "Mallory"), ProblemKind.CONTACT_UNKNOWN, ExitCode.UNKNOWN);
    }

    @Test
    void aWrongInvitationIsNamedAsTheProblem() {
      assertFails(bob.run("accept", "hello"), ProblemKind.INVITATION_INVALID, ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "superfluous"})
    void whatIsNotUnderstoodIsToldInTwoLines(String words) {
      Session.Outcome outcome = alice.run("status", words);

      assertThat(outcome.code()).isEqualTo(ExitCode.USAGE.number());
      assertThat(outcome.err())
          .matches("error: [^A-Z\n].*\nhint: see: \\./waxwing status --help\n");
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void everyProblemHasACodeThatSaysItFailed(ProblemKind kind) {
      assertThat(ExitCode.of(kind).number()).isPositive();
    }

    @Test
    void helpListsEveryExitCode() {
      String help = Session.run("", List.of("--help")).out().replaceAll("\\s+", " ");

      for (ExitCode code : ExitCode.values()) {
        assertThat(help).contains(code.number() + " " + code.meaning());
      }
      assertThat(Session.run("", List.of("send", "--help")).out()).contains("NAME", "TEXT");
    }
  }

  private void meet() {
    String link = alice.run("invite").out().lines().findFirst().orElseThrow();
    assertThat(bob.run("accept", link).code()).isZero();
  }

  private static void assertFails(Session.Outcome outcome, ProblemKind kind, ExitCode code) {
    assertThat(outcome.err())
        .isEqualTo("error: " + kind.sentence() + "\nhint: " + kind.remedy() + "\n");
    assertThat(outcome.code()).isEqualTo(code.number());
    assertThat(outcome.out()).isEmpty();
  }

  private static JsonNode json(Session.Outcome outcome) {
    return json(outcome.out());
  }

  private static JsonNode json(String line) {
    try {
      return CliJson.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
