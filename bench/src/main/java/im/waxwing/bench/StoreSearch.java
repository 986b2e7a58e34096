package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import im.waxwing.store.Durability;
import im.waxwing.store.MessageTable.Fate;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.MessageTable.State;
import im.waxwing.store.MessageTable.Words;
import im.waxwing.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long the 50 newest messages that hold some words take to be found in an encrypted store,
/// with their excerpts: the 95th of 100, for the slowest of five kinds of query. Processor time of
/// the thread that asks: the store's file lies in the system's memory, and nothing waits.
///
/// Words are as frequent as in a language: the n-th most frequent one is n times as rare as the
/// first.
record StoreSearch(String name, int messages, boolean onlyByName) implements Benchmark {
  private static final double LIMIT_MS = 50;
  private static final int VOCABULARY = 40_000;
  private static final int WORDS_PER_MESSAGE = 8;
  private static final int AT_ONCE = 1_000;
  private static final int HITS = 50;
  private static final int REPETITIONS = 100;
  private static final String LETTERS = "aeioubcdfghklmnprst";

  @Override
  public Result run() throws Exception {
    Path folder = Files.createTempDirectory("waxwing-search");
    try (Store store = Store.open(folder.resolve("store"), Durability.NONE)) {
      Language language = new Language();
      fill(store, language);
      return measured(store, language);
    } finally {
      delete(folder);
    }
  }

  private void fill(Store store, Language language) {
    for (int from = 0; from < messages; from += AT_ONCE) {
      int first = from;
      int end = Math.min(messages, from + AT_ONCE);
      store.inTransaction(
          transaction -> {
            for (int number = first; number < end; number++) {
              transaction.tables().messages().add(message(number, language.sentence()));
            }
            return true;
          });
    }
  }

  private static Message message(int number, String text) {
    return new Message(
        new ConversationId(bytes(ConversationId.SIZE, number % 20)),
        new MessageId(bytes(MessageId.SIZE, number)),
        new AccountId(bytes(AccountId.SIZE, 1)),
        true,
        new Words(text, null, Duration.ZERO),
        Instant.EPOCH,
        List.of(),
        number + 1L,
        Instant.EPOCH,
        State.SENT,
        null,
        Fate.OPEN);
  }

  private static ByteString bytes(int size, int number) {
    return ByteString.copyOf(ByteBuffer.allocate(size).putInt(number).array());
  }

  private Result measured(Store store, Language language) {
    double worst = 0;
    List<String> all = new ArrayList<>();
    for (Query query : Query.values()) {
      double millis = millis(store, language, query);
      worst = Math.max(worst, millis);
      all.add(String.format(Locale.ROOT, "%s %.1f", query.words, millis));
    }
    return new Result(
        name,
        worst,
        "ms",
        LIMIT_MS,
        "lower is better; in "
            + String.format(Locale.ROOT, "%,d", messages)
            + " messages: "
            + String.join(", ", all));
  }

  private enum Query {
    FREQUENT("a frequent word"),
    RARE("a rare one"),
    TWO_LETTERS("two letters"),
    FREQUENT_AND_RARE("a frequent and a rare one"),
    IN_ONE("a rare one in one conversation");

    final String words;

    Query(String words) {
      this.words = words;
    }
  }

  private static double millis(Store store, Language language, Query query) {
    double[] times = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      String words =
          switch (query) {
            case FREQUENT -> language.frequent();
            case RARE, IN_ONE -> language.rare();
            case TWO_LETTERS -> language.frequent().substring(0, 2);
            case FREQUENT_AND_RARE -> language.frequent() + " " + language.rare();
          };
      ConversationId where =
          query == Query.IN_ONE ? new ConversationId(bytes(ConversationId.SIZE, 3)) : null;
      long start = Interleaved.THREAD.getAsLong();
      find(store, words, where);
      times[i] = (Interleaved.THREAD.getAsLong() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[REPETITIONS * 95 / 100];
  }

  private static void find(Store store, String words, @Nullable ConversationId where) {
    store.inTransaction(transaction -> transaction.tables().search().find(words, where, HITS));
  }

  /// Words of two letters and more, drawn as often as in a language.
  private static final class Language {
    private final Random random = new Random(1);
    private final List<String> words = new ArrayList<>();
    private final double[] until = new double[VOCABULARY];

    Language() {
      double sum = 0;
      for (int i = 0; i < VOCABULARY; i++) {
        words.add(word());
        sum += 1.0 / (i + 1);
        until[i] = sum;
      }
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      int length = 2 + random.nextInt(8);
      for (int i = 0; i < length; i++) {
        word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      return word.toString();
    }

    String sentence() {
      StringBuilder sentence = new StringBuilder();
      for (int i = 0; i < WORDS_PER_MESSAGE; i++) {
        double drawn = random.nextDouble() * until[VOCABULARY - 1];
        int found = Arrays.binarySearch(until, drawn);
        sentence.append(words.get(found < 0 ? -found - 1 : found)).append(' ');
      }
      return sentence.toString();
    }

    String frequent() {
      return words.get(random.nextInt(20));
    }

    String rare() {
      return words.get(VOCABULARY / 2 + random.nextInt(VOCABULARY / 2));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
