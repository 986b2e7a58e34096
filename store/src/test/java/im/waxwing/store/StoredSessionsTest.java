package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.SecretBytes;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.Identity;
import im.waxwing.crypto.KeyUse;
import im.waxwing.crypto.Letter;
import im.waxwing.crypto.PreKeyBundle;
import im.waxwing.crypto.Sessions;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions whose every step is a transaction of a real store.
class StoredSessionsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;
  private final List<Person> people = new ArrayList<>();

  private final class Person {
    private final Path home;
    private final Identity identity = Identity.generate();
    private final DeviceAddress address = new DeviceAddress(identity.account(), new DeviceId(1));
    private final Sessions sessions = new Sessions(identity, address, InstantSource.fixed(NOON));
    private Store store;

    Person(String name) {
      home = folder.resolve(name);
      store = Store.open(home, Durability.NONE);
      people.add(this);
    }

    void restart() {
      store.close();
      store = Store.open(home, Durability.NONE);
    }

    PreKeyBundle bundle(KeyUse use) {
      return store.inTransaction(transaction -> sessions.newBundle(transaction, use));
    }

    void startsWith(Person peer, PreKeyBundle bundle) throws CryptoException {
      store.inTransaction(
          transaction -> {
            sessions.start(transaction, peer.address, bundle);
            return true;
          });
    }

    Letter writes(Person reader, String text) throws CryptoException {
      return store.inTransaction(
          transaction ->
              sessions.encrypt(transaction, reader.address, text.getBytes(StandardCharsets.UTF_8)));
    }

    String reads(Person writer, Letter letter) throws CryptoException {
      return store.inTransaction(
          transaction ->
              new String(
                  sessions.decrypt(transaction, writer.address, letter), StandardCharsets.UTF_8));
    }

    Optional<SecretBytes> sessionWith(Person peer) {
      return store.inTransaction(transaction -> transaction.session(peer.address));
    }
  }

  private Person alice;
  private Person bob;

  @BeforeEach
  void aliceBeginsASessionWithBob() throws CryptoException {
    alice = new Person("alice");
    bob = new Person("bob");
    alice.startsWith(bob, bob.bundle(KeyUse.ONE_TIME));
  }

  @AfterEach
  void closeStores() {
    people.forEach(person -> person.store.close());
  }

  @Test
  void fiveHundredLettersBothWaysOutOfOrderAllOpenOnce() throws CryptoException {
    Random random = new Random(42);
    bob.reads(alice, alice.writes(bob, "hello"));
    List<Letter> toBob = new ArrayList<>();
    List<Letter> toAlice = new ArrayList<>();
    Set<String> read = new HashSet<>();

    for (int i = 0; i < 500; i++) {
      toBob.add(alice.writes(bob, "a" + i));
      toAlice.add(bob.writes(alice, "b" + i));
      if (random.nextInt(20) == 0) {
        deliver(toBob, alice, bob, random, read);
        deliver(toAlice, bob, alice, random, read);
      }
      if (random.nextInt(100) == 0) {
        alice.restart();
        bob.restart();
      }
    }
    deliver(toBob, alice, bob, random, read);
    deliver(toAlice, bob, alice, random, read);

    assertThat(read).hasSize(1000);
  }

  private static void deliver(
      List<Letter> letters, Person writer, Person reader, Random random, Set<String> read)
      throws CryptoException {
    Collections.shuffle(letters, random);
    for (Letter letter : letters) {
      assertThat(read.add(reader.reads(writer, letter))).isTrue();
    }
    letters.clear();
  }

  @Test
  void aTransactionRolledBackLeavesTheSessionAsItWas() throws CryptoException {
    bob.reads(alice, alice.writes(bob, "hello"));
    Letter letter = alice.writes(bob, "twice tried");
    Optional<SecretBytes> before = bob.sessionWith(alice);

    assertThatThrownBy(
            () ->
                bob.store.inTransaction(
                    transaction -> {
                      bob.sessions.decrypt(transaction, alice.address, letter);
                      throw new InterruptedException("something after it failed");
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(bob.sessionWith(alice)).isEqualTo(before);
    assertThat(bob.reads(alice, letter)).isEqualTo("twice tried");
  }

  @Test
  void aFirstLetterRolledBackKeepsItsPrekeys() throws CryptoException {
    Letter first = alice.writes(bob, "hello");

    assertThatThrownBy(
            () ->
                bob.store.inTransaction(
                    transaction -> {
                      bob.sessions.decrypt(transaction, alice.address, first);
                      throw new InterruptedException("something after it failed");
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(bob.sessionWith(alice)).isEmpty();
    assertThat(bob.reads(alice, first)).isEqualTo("hello");
  }

  @Test
  void aFullDiskWhileDecryptingIsSaidAsItIsAndDoesNoHarm() throws CryptoException {
    bob.reads(alice, alice.writes(bob, "hello"));
    alice.reads(bob, bob.writes(alice, "welcome"));
    for (int i = 0; i < 1500; i++) {
      alice.writes(bob, "lost");
    }
    Letter letter = alice.writes(bob, "makes the session large");
    bob.store.limitSize(1);

    assertThatThrownBy(() -> bob.reads(alice, letter))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DISK_FULL));

    bob.store.limitSize(100_000_000);
    assertThat(bob.reads(alice, letter)).isEqualTo("makes the session large");
  }

  @Test
  void aUsedBundleIsRefusedAfterARestartToo() throws CryptoException {
    PreKeyBundle bundle = bob.bundle(KeyUse.ONE_TIME);
    Person carol = new Person("carol");
    alice.startsWith(bob, bundle);
    carol.startsWith(bob, bundle);
    bob.reads(alice, alice.writes(bob, "hello"));
    bob.restart();
    Letter late = carol.writes(bob, "me too");

    assertThatThrownBy(() -> bob.reads(carol, late)).isInstanceOf(CryptoException.UsedPreKey.class);
  }

  @Test
  void aReplayAgainstALastResortKeyIsRefusedAfterARestartToo() throws CryptoException {
    alice.startsWith(bob, bob.bundle(KeyUse.LAST_RESORT));
    Letter first = alice.writes(bob, "hello");
    bob.reads(alice, first);
    bob.store.inTransaction(
        transaction -> {
          transaction.removeSession(alice.address);
          return true;
        });
    bob.restart();

    assertThatThrownBy(() -> bob.reads(alice, first))
        .isInstanceOf(CryptoException.UsedPreKey.class);
  }

  @Test
  void anotherKindOfProcessorIsNoticed() throws CryptoException {
    assertThat(foreign(alice)).isEmpty();
    assertThat(foreign(alice)).isEmpty();
    alice.store.inTransaction(
        transaction -> {
          transaction.putCpuClass("z80");
          return true;
        });
    alice.restart();

    assertThat(foreign(alice)).containsExactly(bob.address);
    assertThat(alice.sessionWith(bob)).isEmpty();
  }

  private static List<DeviceAddress> foreign(Person person) {
    return person.store.inTransaction(person.sessions::removeForeignSessions);
  }

  @Test
  void fourThreadsInOneSessionDoItNoDamage() throws Exception {
    bob.reads(alice, alice.writes(bob, "hello"));
    alice.reads(bob, bob.writes(alice, "welcome"));
    ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String name = "t" + thread + "/";
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 50; i++) {
                    texts.add(bob.reads(alice, alice.writes(bob, name + i)));
                  }
                } catch (CryptoException | RuntimeException e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(texts).hasSize(200).doesNotHaveDuplicates();
  }
}
