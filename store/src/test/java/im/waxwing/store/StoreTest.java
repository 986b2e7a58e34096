package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.store.StoreException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final AccountId ACCOUNT = new AccountId(ByteString.copyOf(new byte[32]));
  private static final DeviceAddress BOB = new DeviceAddress(ACCOUNT, new DeviceId(1));

  @TempDir Path folder;

  private static void put(Store store, int size) {
    store.inTransaction(
        transaction -> {
          transaction.putSession(BOB, SecretBytes.generate(size));
          return true;
        });
  }

  private static boolean isThere(Store store) {
    return store.inTransaction(transaction -> transaction.session(BOB).isPresent());
  }

  private static void isRefused(Path folder, Reason reason) {
    assertThatThrownBy(() -> Store.open(folder).close())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Nested
  class Opening {
    @Test
    void whatWasCommittedIsThereAfterwards() {
      try (Store store = Store.open(folder)) {
        put(store, 100);
      }

      try (Store store = Store.open(folder)) {
        assertThat(isThere(store)).isTrue();
      }
    }

    @Test
    void theKeyFileIsForItsOwnerOnly() throws IOException {
      Store.open(folder).close();

      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
          .isEqualTo("rw-------");
      assertThat(Files.size(folder.resolve("key"))).isEqualTo(32);
      assertThat(folder.resolve("key.new")).doesNotExist();
    }

    @Test
    void aKeyFileCutOffInTheMakingIsMadeAnew() throws IOException {
      Files.write(folder.resolve("key.new"), new byte[7]);

      Store.open(folder).close();

      assertThat(Files.size(folder.resolve("key"))).isEqualTo(32);
    }

    @Test
    void aFolderWithUnusualCharactersIsNoTrouble() {
      Path unusual = folder.resolve("a?key=b&c %41 ü#d");

      try (Store store = Store.open(unusual)) {
        put(store, 10);
      }

      assertThat(unusual.resolve("store.db")).exists();
    }

    @Test
    void twiceAtOnceIsRefused() {
      try (Store store = Store.open(folder)) {
        isRefused(folder, Reason.LOCKED);
        put(store, 100);
        assertThat(isThere(store)).isTrue();
      }
    }

    @Test
    void withAnotherKeyItIsRefused() throws IOException {
      Store.open(folder).close();
      Files.write(folder.resolve("key"), new byte[32]);

      isRefused(folder, Reason.DAMAGED);
    }

    @Test
    void withoutItsKeyItIsRefusedAndNotBegunAnew() throws IOException {
      Store.open(folder).close();
      Files.delete(folder.resolve("key"));

      isRefused(folder, Reason.DAMAGED);
      assertThat(folder.resolve("key")).doesNotExist();
    }

    @Test
    void withAKeyOfWrongLengthItIsRefused() throws IOException {
      Store.open(folder).close();
      Files.write(folder.resolve("key"), new byte[31]);

      isRefused(folder, Reason.DAMAGED);
    }

    @Test
    void anAlteredFileIsRefused() throws IOException {
      Store.open(folder).close();
      try (RandomAccessFile file =
          new RandomAccessFile(folder.resolve("store.db").toFile(), "rw")) {
        file.seek(100);
        file.write(new byte[200]);
      }

      isRefused(folder, Reason.DAMAGED);
    }

    @Test
    void aRefusalTellsNeitherKeyNorPlace() throws IOException {
      Store.open(folder).close();
      byte[] wrong = new byte[32];
      wrong[3] = 0x5A;
      Files.write(folder.resolve("key"), wrong);

      assertThatThrownBy(() -> Store.open(folder))
          .satisfies(
              thrown -> {
                for (Throwable t = thrown; t != null; t = t.getCause()) {
                  assertThat(String.valueOf(t.getMessage()))
                      .doesNotContain(HexFormat.of().formatHex(wrong))
                      .doesNotContain(folder.toString());
                }
              });
    }
  }

  @Nested
  class Versions {
    @Test
    void aNewStoreHasTheNewestVersion() {
      try (Store store = Store.open(folder)) {
        assertThat(version(store)).isEqualTo(Migrations.newest());
      }
    }

    @Test
    void aStoreOfANewerVersionIsRefusedUntouched() {
      try (Store store = Store.open(folder)) {
        put(store, 10);
        setVersion(store, 1000);
      }

      isRefused(folder, Reason.NEWER);
      isRefused(folder, Reason.NEWER);
    }

    @Test
    void aStoreLeftBeforeItsFirstMigrationIsFinished() {
      try (Store store = Store.open(folder)) {
        for (String table : tables(store)) {
          store.inTransaction(
              transaction -> transaction.sql().update("DROP TABLE IF EXISTS \"" + table + "\""));
        }
        setVersion(store, 0);
      }

      try (Store store = Store.open(folder)) {
        put(store, 10);
        assertThat(version(store)).isEqualTo(Migrations.newest());
      }
    }

    private static List<String> tables(Store store) {
      return store.inTransaction(
          transaction ->
              transaction
                  .sql()
                  .query(
                      "SELECT name FROM sqlite_schema WHERE type = 'table'"
                          + " AND name NOT LIKE 'sqlite_%'",
                      row -> row.text(1)));
    }

    private static long version(Store store) {
      return store.inTransaction(
          transaction ->
              transaction.sql().first("PRAGMA user_version", row -> row.number(1)).orElseThrow());
    }

    private static void setVersion(Store store, int version) {
      store.inTransaction(
          transaction -> transaction.sql().update("PRAGMA user_version = " + version));
    }
  }

  @Nested
  class Settings {
    private static String setting(Store store, String name) {
      return store.inTransaction(
          transaction ->
              transaction.sql().first("PRAGMA " + name, row -> row.text(1)).orElseThrow());
    }

    @Test
    void commitsAreDurableAndDeletedDataIsErased() {
      try (Store store = Store.open(folder)) {
        assertThat(setting(store, "journal_mode")).isEqualTo("wal");
        assertThat(setting(store, "synchronous")).isEqualTo("2");
        assertThat(setting(store, "secure_delete")).isEqualTo("1");
        assertThat(setting(store, "temp_store")).isEqualTo("2");
        assertThat(setting(store, "foreign_keys")).isEqualTo("1");
        assertThat(setting(store, "locking_mode")).isEqualTo("exclusive");
      }
    }

    @Test
    void simulationsMayDoWithoutTheDisk() {
      try (Store store = Store.open(folder, Durability.NONE)) {
        assertThat(setting(store, "synchronous")).isEqualTo("0");
      }
    }
  }

  @Nested
  class Transactions {
    @Test
    void whatEndsWithAnExceptionLeavesNothing() {
      try (Store store = Store.open(folder)) {
        assertThatThrownBy(
                () ->
                    store.inTransaction(
                        transaction -> {
                          transaction.putSession(BOB, SecretBytes.generate(10));
                          throw new IOException("the network is gone");
                        }))
            .isInstanceOf(IOException.class);

        assertThat(isThere(store)).isFalse();
        put(store, 10);
        assertThat(isThere(store)).isTrue();
      }
    }

    @Test
    void whatEndsWithAnErrorLeavesNothingToo() {
      try (Store store = Store.open(folder)) {
        assertThatThrownBy(
                () ->
                    store.inTransaction(
                        transaction -> {
                          transaction.putSession(BOB, SecretBytes.generate(10));
                          throw new StackOverflowError();
                        }))
            .isInstanceOf(StackOverflowError.class);

        assertThat(isThere(store)).isFalse();
      }
    }

    @Test
    void oneWithinAnotherIsABug() {
      try (Store store = Store.open(folder)) {
        assertThatThrownBy(() -> store.inTransaction(_ -> isThere(store)))
            .isInstanceOf(IllegalStateException.class);
        assertThat(isThere(store)).isFalse();
      }
    }

    @Test
    void afterItsEndItIsOfNoUse() {
      try (Store store = Store.open(folder)) {
        Transaction ended = store.inTransaction(transaction -> transaction);

        assertThatThrownBy(() -> ended.session(BOB)).isInstanceOf(IllegalStateException.class);
      }
    }

    @Test
    void aFullDiskRollsBackAndTheStoreGoesOn() {
      try (Store store = Store.open(folder)) {
        put(store, 100);
        store.limitSize(200_000);

        assertThatThrownBy(
                () ->
                    store.inTransaction(
                        transaction -> {
                          transaction.removeSession(BOB);
                          transaction.putSession(BOB, SecretBytes.generate(1_000_000));
                          return true;
                        }))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));

        assertThat(isThere(store)).isTrue();
        put(store, 200);
        store.limitSize(100_000_000);
        put(store, 1_000_000);
      }
    }

    @Test
    void manyThreadsTakeTurns() throws Exception {
      try (Store store = Store.open(folder, Durability.NONE)) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
          int device = i + 1;
          threads.add(
              Thread.startVirtualThread(
                  () -> {
                    for (int round = 0; round < 50; round++) {
                      store.inTransaction(
                          transaction -> {
                            transaction.putSession(
                                new DeviceAddress(ACCOUNT, new DeviceId(device)),
                                SecretBytes.generate(50));
                            return true;
                          });
                    }
                  }));
        }
        for (Thread thread : threads) {
          thread.join();
        }

        assertThat(store.<Integer, RuntimeException>inTransaction(t -> t.sessions().size()))
            .isEqualTo(8);
      }
    }
  }
}
