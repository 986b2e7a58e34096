package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that is given what one member of swarms stored in a fortnight, and says which
/// mailboxes of two days are one person's. Everybody gets as many letters a day: what numbers tell,
/// they tell (threat-model.md).
final class LinkerTest {
  private static final int DAYS = 14;
  private static final int PEOPLE = 12;
  private static final int LETTERS = 3;
  private static final int GUESSES = (DAYS - 1) * PEOPLE;

  /// By chance one guess of twelve is right: 13 of 156. This is six standard deviations more.
  private static final int MORE_THAN_CHANCE = 34;

  @TempDir private Path folder;

  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final List<Mailboxes> people = new ArrayList<>();

  /// Whose each mailbox is: what the program is to find out.
  private final Map<ByteString, Integer> owners = new HashMap<>();

  /// All that is stored of a mailbox of one day.
  ///
  /// @param place in the order in which the table gives its rows
  /// @param fields keys, ids, signed requests, proofs, envelopes, one after the other
  private record Row(ByteString id, int place, long number, long arrived, ByteString fields) {}

  /// How alike two mailboxes look by one kind of evidence; more is more alike.
  private interface Clue {
    double likeness(Row one, Row other);
  }

  private static Map<String, Clue> clues() {
    Map<String, Clue> clues = new LinkedHashMap<>();
    clues.put("bytes in a row that both have", LinkerTest::sharedRuns);
    clues.put("bits that are the same", LinkerTest::equalBits);
    clues.put("sums that are near", (one, other) -> -Math.abs(sum(one) - sum(other)));
    clues.put("bytes of one size", (one, other) -> one.fields.size() - other.fields.size());
    clues.put("places in the table", (one, other) -> -Math.abs(one.place - other.place));
    clues.put("numbers that are near", (one, other) -> -Math.abs(one.number - other.number));
    clues.put("how much came", (one, other) -> -Math.abs(one.arrived - other.arrived));
    return clues;
  }

  @Test
  void aFortnightAtOneNodeIsLinkedNoBetterThanByChance() throws Exception {
    List<List<Row>> days = fortnight();

    assertThat(days).hasSize(DAYS).allSatisfy(rows -> assertThat(rows).hasSize(PEOPLE));
    clues()
        .forEach(
            (what, clue) -> assertThat(linked(days, clue)).as(what).isLessThan(MORE_THAN_CHANCE));
  }

  /// What the program would find if a device used eight bytes twice.
  @Test
  void whatTwoDaysShareIsFound() throws Exception {
    List<ByteString> marks = Stream.generate(() -> Mailboxes.random(8)).limit(PEOPLE).toList();
    List<List<Row>> days =
        fortnight().stream()
            .map(rows -> rows.stream().map(row -> marked(row, marks)).toList())
            .toList();

    assertThat(linked(days, LinkerTest::sharedRuns)).isEqualTo(GUESSES);
  }

  private Row marked(Row row, List<ByteString> marks) {
    ByteString mark = marks.get(owner(row));
    ByteString fields = mark.plus(row.fields.slice(mark.size(), row.fields.size()));
    return new Row(row.id, row.place, row.number, row.arrived, fields);
  }

  private int owner(Row row) {
    return owners.getOrDefault(row.id, -1);
  }

  /// How often the mailbox of the next day that looks most alike is the same person's.
  private int linked(List<List<Row>> days, Clue clue) {
    int right = 0;
    for (int day = 0; day + 1 < days.size(); day++) {
      List<Row> next = days.get(day + 1);
      for (Row row : days.get(day)) {
        Row guess =
            next.stream()
                .max(Comparator.comparingDouble(other -> clue.likeness(row, other)))
                .orElseThrow();
        right += owner(row) == owner(guess) ? 1 : 0;
      }
    }
    return right;
  }

  /// Everybody opens a mailbox each day, in the same order, and gets letters; one member's store.
  private List<List<Row>> fortnight() throws Exception {
    Instant begin = clock.instant();
    try (SwarmWorld world = new SwarmWorld(folder, clock, 5)) {
      for (int i = 0; i < PEOPLE; i++) {
        people.add(Mailboxes.in(world.network()));
      }
      for (int day = 0; day < DAYS; day++) {
        for (int person = 0; person < PEOPLE; person++) {
          live(world, person);
        }
        clock.move(Duration.ofDays(1));
      }
    }
    List<List<Row>> days = new ArrayList<>();
    try (Connection store = Database.openForReading(folder.resolve("member1"))) {
      for (int day = 0; day < DAYS; day++) {
        days.add(rows(store, Day.of(begin).plus(day)));
      }
    }
    return days;
  }

  private void live(SwarmWorld world, int person) throws Exception {
    Day today = Day.of(clock.instant());
    OwnMailboxDay own = people.get(person).bob(today);
    owners.put(own.id().bytes(), person);
    var token = world.placement().admission().earn(own.owner(), own.id().bytes());
    world.await(() -> world.ask(0, own.open(token)).code() == AnswerCode.OK);
    world.awaitEverywhere(own.id().bytes());
    MailboxDay theirs = people.get(person).alice(today);
    for (int letter = 0; letter < LETTERS; letter++) {
      Request deposit = theirs.deposit(Mailboxes.id(), Mailboxes.envelope());
      int coordinator = letter;
      world.await(() -> world.ask(coordinator, deposit).code() == AnswerCode.OK);
    }
    world.await(() -> world.entries(1, own.id().bytes()).size() == LETTERS);
  }

  private static List<Row> rows(Connection store, Day day) throws SQLException {
    List<Row> all = new ArrayList<>();
    try (Statement statement = store.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT id, number, arrived, owner_key, deposit_key, request
                FROM mailboxes JOIN swarm_names ON name = id WHERE mailboxes.day = %d\
                """
                    .formatted(day.number()))) {
      while (found.next()) {
        long number = found.getLong("number");
        ByteString fields =
            bytes(found, "id")
                .plus(bytes(found, "owner_key"))
                .plus(bytes(found, "deposit_key"))
                .plus(bytes(found, "request"))
                .plus(letters(store, number));
        all.add(new Row(bytes(found, "id"), all.size(), number, found.getLong("arrived"), fields));
      }
    }
    return all;
  }

  private static ByteString letters(Connection store, long mailbox) throws SQLException {
    ByteString all = ByteString.EMPTY;
    try (PreparedStatement statement =
        store.prepareStatement(
            """
            SELECT e.id, e.signature, v.bytes FROM entries e
            JOIN envelopes v ON v.mailbox = e.mailbox AND v.id = e.id
            WHERE e.mailbox = ? ORDER BY v.place\
            """)) {
      statement.setLong(1, mailbox);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          all = all.plus(bytes(found, "id")).plus(bytes(found, "signature"));
          all = all.plus(bytes(found, "bytes"));
        }
      }
    }
    return all;
  }

  private static ByteString bytes(ResultSet row, String column) throws SQLException {
    return ByteString.copyOf(row.getBytes(column));
  }

  /// Four bytes in a row, wherever they stand.
  private static double sharedRuns(Row one, Row other) {
    Set<Integer> runs = new HashSet<>();
    for (int i = 0; i + 4 <= one.fields.size(); i++) {
      runs.add(run(one.fields, i));
    }
    int shared = 0;
    for (int i = 0; i + 4 <= other.fields.size(); i++) {
      shared += runs.contains(run(other.fields, i)) ? 1 : 0;
    }
    return shared;
  }

  private static int run(ByteString bytes, int at) {
    return (bytes.at(at) << 24)
        | (bytes.at(at + 1) & 0xff) << 16
        | (bytes.at(at + 2) & 0xff) << 8
        | (bytes.at(at + 3) & 0xff);
  }

  private static double equalBits(Row one, Row other) {
    int equal = 0;
    for (int i = 0; i < Math.min(one.fields.size(), other.fields.size()); i++) {
      equal += 8 - Integer.bitCount((one.fields.at(i) ^ other.fields.at(i)) & 0xff);
    }
    return equal;
  }

  private static double sum(Row row) {
    long sum = 0;
    for (int i = 0; i < row.fields.size(); i++) {
      sum += row.fields.at(i) & 0xff;
    }
    return sum;
  }
}
