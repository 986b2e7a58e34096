package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.base.ByteString;
import im.waxwing.crypto.Identity;
import im.waxwing.model.AccountId;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.MailboxTable.Own;
import im.waxwing.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Alice and Bob write to each other on three days; then everything that is left of it outside
/// their own stores is searched for them.
final class NodePrivacyTest {
  private static final int DAYS = 3;
  private static final String ALICE = "Alice Vogelbeere";
  private static final String BOB = "Bob Seidenschwanz";

  private static Town town;
  private static NodeProcess node;
  private static Person alice;
  private static Person bob;

  /// The node's folder at the end of each day: every byte, and what `inspect` makes of it.
  private static final List<byte[]> FOLDERS = new ArrayList<>();

  private static final List<JsonNode> INSPECTIONS = new ArrayList<>();

  /// What nobody but the two may know, by a word for it.
  private static final Map<String, byte[]> SECRETS = new LinkedHashMap<>();

  private static final List<String> PRINTED = new ArrayList<>();

  @BeforeAll
  static void threeDaysPass() throws Exception {
    town = new Town(Programs.ofThisCheckout());
    node = town.node();
    alice = town.person(ALICE, node);
    bob = town.person(BOB, node);
    Town.introduce(alice, bob);
    for (int day = 0; day < DAYS; day++) {
      if (day > 0) {
        beginDay(day);
      }
      writeToEachOther(day);
      endDay();
    }
    noteIdentity("Alice", alice);
    noteIdentity("Bob", bob);
  }

  @AfterAll
  static void tidyUp() {
    town.close();
  }

  private static void beginDay(int day) throws Exception {
    String[] clock = {"--unsafe-clock-offset", day + "d"};
    node.startAgain(clock);
    alice.comesBack(clock);
    bob.comesBack(clock);
    alice.awaitsNode();
    bob.awaitsNode();
  }

  private static void writeToEachOther(int day) throws Exception {
    String question = "the rowan stands behind the mill, day " + day;
    String answer = "then I shall bring the ladder, day " + day;
    String waiting = "left at the node overnight, day " + day;
    note("a message id", alice.writes(BOB, question));
    bob.reads(ALICE, bob.awaitsText(ALICE, question));
    note("a message id", bob.writes(ALICE, answer));
    alice.awaitsText(BOB, answer);
    PRINTED.addAll(bob.output());
    bob.dies();
    String id = alice.writes(BOB, waiting);
    alice.awaitsState(BOB, id, "SENT");
    note("the conversation id", alice.contacts().getFirst().path("conversation").asText());
    for (String text : List.of(question, answer, waiting)) {
      SECRETS.put("text: " + text, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void endDay() throws Exception {
    INSPECTIONS.add(inspect());
    FOLDERS.add(bytesOf(node.folder()));
    PRINTED.addAll(alice.output());
    alice.dies();
    PRINTED.addAll(node.output());
    node.kill();
  }

  private static void note(String what, String base64Url) {
    SECRETS.put(what + " " + SECRETS.size(), Base64.getUrlDecoder().decode(base64Url));
  }

  /// From the person's own store.
  private static void noteIdentity(String who, Person person) {
    try (Store store = Store.open(person.folder())) {
      store.inTransaction(
          transaction -> {
            Account account = transaction.tables().account().find().orElseThrow();
            ByteString key = Identity.restore(account.identity()).publicKey();
            AccountId id = Identity.accountOf(key);
            SECRETS.put("name of " + who, account.name().getBytes(StandardCharsets.UTF_8));
            SECRETS.put("identity key of " + who, key.toByteArray());
            SECRETS.put("bare identity key of " + who, key.slice(1, key.size()).toByteArray());
            SECRETS.put("account of " + who, id.bytes().toByteArray());
            for (Own own : transaction.tables().mailboxes().all()) {
              SECRETS.put(
                  "mailbox key " + own.id() + " of " + who,
                  own.mailbox().target().key().bytes().toByteArray());
            }
            return true;
          });
    }
  }

  private static JsonNode inspect() throws Exception {
    List<String> command = new ArrayList<>(Programs.ofThisCheckout().node());
    command.addAll(List.of("inspect", "--json", "--data", node.folder().toString()));
    try (ChildProcess process = ChildProcess.start(command, Programs.AS_BUILT)) {
      assertThat(process.awaitExit(Duration.ofSeconds(60))).isZero();
      return ApiClient.JSON.readTree(String.join("\n", process.output()));
    }
  }

  private static byte[] bytesOf(Path folder) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(file.getFileName()).append('\n').append(latin(Files.readAllBytes(file)));
      }
    }
    return all.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void noByteOfTheNodesFolderTellsNameTextAccountOrKey() {
    for (byte[] folder : FOLDERS) {
      String everything = latin(folder);

      assertThat(spellings(ownerKeyThere()))
          .as("a key that lies there")
          .anyMatch(everything::contains);
      SECRETS.forEach(
          (what, secret) -> assertThat(spellings(secret)).as(what).noneMatch(everything::contains));
    }
  }

  /// The search finds what is there: a mailbox's key of the first day, kept on all three.
  private static byte[] ownerKeyThere() {
    JsonNode mailboxes = INSPECTIONS.getFirst().path("mailboxes").path("rows");
    return HexFormat.of().parseHex(mailboxes.get(0).path("owner_key").asText());
  }

  @Test
  void noAddressOfAMailboxOccursOnTwoDays() {
    Map<String, Set<String>> days = new HashMap<>();
    for (JsonNode inspection : INSPECTIONS) {
      for (JsonNode mailbox : inspection.path("mailboxes").path("rows")) {
        for (String address : List.of("id", "owner_key", "deposit_key")) {
          days.computeIfAbsent(mailbox.path(address).asText(), _ -> new TreeSet<>())
              .add(mailbox.path("day").asText());
        }
      }
    }

    assertThat(days).hasSizeGreaterThan(DAYS * 3).allSatisfy((_, on) -> assertThat(on).hasSize(1));
  }

  @Test
  void eachDayALetterWaitedInTheStore() {
    assertThat(INSPECTIONS)
        .hasSize(DAYS)
        .allSatisfy(
            inspection ->
                assertThat(inspection.path("envelopes").path("rows").size()).isPositive());
  }

  @Test
  void logsAndOutputOfAllThreeHoldNoIdentifier() throws Exception {
    String apps = logOf(alice) + logOf(bob);
    String printed = String.join("\n", PRINTED);

    assertThat(apps).contains("started");
    assertThat(printed).contains("The node runs").contains("Waxwing runs");
    SECRETS.forEach(
        (what, secret) -> {
          assertThat(spellings(secret)).as(what + " in logs").noneMatch(apps::contains);
          assertThat(spellings(secret)).as(what + " in output").noneMatch(printed::contains);
        });
    assertThat(apps).as("the node's key").doesNotContain(node.address().split("/", -1)[1]);
    assertThat(apps)
        .as("the node's admission token")
        .doesNotContain(node.address().split("/", -1)[2]);
    for (JsonNode inspection : INSPECTIONS) {
      for (JsonNode mailbox : inspection.path("mailboxes").path("rows")) {
        assertThat(apps + printed).doesNotContain(mailbox.path("id").asText());
      }
    }
  }

  private static String logOf(Person person) throws Exception {
    return Files.readString(person.folder().resolve("log"));
  }

  /// The ways in which bytes get written down.
  private static List<String> spellings(byte[] secret) {
    return List.of(
        latin(secret),
        HexFormat.of().formatHex(secret),
        HexFormat.of().withUpperCase().formatHex(secret),
        Base64.getEncoder().withoutPadding().encodeToString(secret),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
