package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.crypto.LaneKeys;
import im.waxwing.crypto.LaneSeed;
import im.waxwing.crypto.ReceivingLane;
import im.waxwing.model.AccountId;
import im.waxwing.model.Day;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a thief of the disk without the key file's content finds: nothing that anybody wrote.
class StorePrivacyTest {
  private static final String MARKER = "meet me under the waxwing tree";
  private static final DeviceAddress BOB =
      new DeviceAddress(
          new AccountId(
              ByteString.copyOf(Arrays.copyOf(MARKER.getBytes(StandardCharsets.UTF_8), 32))),
          new DeviceId(1));

  @TempDir Path folder;

  /// Writes and sorts so much text that pages spill and temporary structures arise.
  private static void write(Store store) {
    store.inTransaction(
        transaction -> {
          Sql sql = transaction.sql();
          transaction.putSession(BOB, SecretBytes.copyOf(MARKER.getBytes(StandardCharsets.UTF_8)));
          sql.update("CREATE TABLE note (text TEXT, filler BLOB)");
          sql.update("CREATE VIRTUAL TABLE search USING fts5(text)");
          for (int i = 0; i < 2000; i++) {
            sql.update("INSERT INTO note VALUES (?, zeroblob(500))", MARKER + " " + i);
            sql.update("INSERT INTO search VALUES (?)", MARKER + " " + i);
          }
          return sql.query("SELECT text FROM note ORDER BY text DESC", row -> row.text(1)).size();
        });
    store.inTransaction(
        transaction -> transaction.sql().update("DELETE FROM note WHERE rowid % 2 = 0"));
  }

  @Test
  void noByteOfTheFilesShowsATextWhileOpenOrAfterClosing() throws IOException {
    try (Store store = Store.open(folder)) {
      write(store);
      assertThat(Files.size(folder.resolve("store.db-wal"))).isPositive();
      assertThat(found(folder)).isEmpty();
    }
    assertThat(found(folder)).isEmpty();
  }

  @Test
  void noByteShowsATextAfterAKill() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path home = folder.resolve("home");
    Process writer = Writer.start(home, temporary);
    assertThat(writer.inputReader().readLine()).isEqualTo("written");

    assertThat(found(folder)).isEmpty();
    writer.destroyForcibly();
    assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(found(folder)).isEmpty();
    try (Store store = Store.open(home)) {
      assertThat(store.<Long, RuntimeException>inTransaction(StorePrivacyTest::notes))
          .isEqualTo(1000);
    }
  }

  private static long notes(Transaction transaction) {
    return transaction.sql().first("SELECT count(*) FROM note", row -> row.number(1)).orElseThrow();
  }

  /// A process that writes and then waits to be killed.
  static final class Writer {
    private Writer() {}

    static Process start(Path home, Path temporary) throws IOException {
      String path =
          Stream.of("jdk.module.path", "java.class.path")
              .map(name -> System.getProperty(name, ""))
              .filter(value -> !value.isEmpty())
              .reduce((one, other) -> one + File.pathSeparator + other)
              .orElseThrow();
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-Djava.io.tmpdir=" + temporary,
              "-cp",
              testClasses() + File.pathSeparator + path,
              Writer.class.getName(),
              home.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    private static String testClasses() {
      try {
        Path classes =
            Path.of(StorePrivacyTest.class.getResource("StorePrivacyTest.class").toURI());
        return classes.resolve("../../../..").normalize().toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    public static void main(String[] arguments) throws Exception {
      Store store = Store.open(Path.of(arguments[0]));
      write(store);
      System.out.println("written");
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  @Test
  void theSearchForTextFindsIt() throws IOException {
    for (byte[] spelling : spellings(MARKER).values()) {
      Path file = folder.resolve("planted");
      Files.write(file, spelling);
      assertThat(found(folder)).isNotEmpty();
      Files.delete(file);
    }
  }

  @Test
  void aUsedMessageKeyLeavesTheDatabase() {
    ReceivingLane.Slide slide = ReceivingLane.of(LaneSeed.generate());
    LaneKeys used = slide.fresh().get(3);
    try (Store store = Store.open(folder)) {
      store.inTransaction(
          transaction -> {
            transaction.laneKeys().add(1, slide.fresh());
            return true;
          });

      store.inTransaction(
          transaction -> {
            transaction.laneKeys().use(1, 3, new Day(20_780));
            return true;
          });

      List<ByteString> kept =
          store.inTransaction(
              transaction ->
                  transaction
                      .sql()
                      .query(
                          "SELECT message_key FROM lane_key WHERE message_key IS NOT NULL",
                          row -> row.bytes(1)));
      assertThat(kept)
          .hasSize(63)
          .doesNotContain(ByteString.copyOf(used.messageKey().exposeSecret()));
    }
  }

  /// Which file holds which spelling of the marker.
  private static List<String> found(Path folder) throws IOException {
    Map<String, byte[]> spellings = spellings(MARKER);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(
              file ->
                  spellings.entrySet().stream()
                      .filter(spelling -> contains(file, spelling.getValue()))
                      .map(spelling -> file.getFileName() + ": " + spelling.getKey()))
          .toList();
    }
  }

  private static boolean contains(Path file, byte[] wanted) {
    try {
      Charset bytes = StandardCharsets.ISO_8859_1;
      return new String(Files.readAllBytes(file), bytes).contains(new String(wanted, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> spellings(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> spellings = new HashMap<>();
    spellings.put("plain", utf8);
    spellings.put("UTF-16 little", text.getBytes(StandardCharsets.UTF_16LE));
    spellings.put("UTF-16 big", text.getBytes(StandardCharsets.UTF_16BE));
    String hex = HexFormat.of().formatHex(utf8);
    spellings.put("hex", ascii(hex));
    spellings.put("upper hex", ascii(hex.toUpperCase(Locale.ROOT)));
    for (int shift = 0; shift < 3; shift++) {
      String base64 =
          Base64.getEncoder()
              .encodeToString((" ".repeat(shift) + text).getBytes(StandardCharsets.UTF_8));
      spellings.put("base64 at " + shift, ascii(base64.substring(4, base64.length() - 4)));
    }
    return spellings;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
