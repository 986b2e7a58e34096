package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Person alice = new Person();
  private final Person bob = new Person();
  private final Person mallory = new Person();

  @Nested
  class Beginning {
    @Test
    void theFirstLetterSaysWhoWroteIt() throws Exception {
      Letter letter = alice.startsWith(bob).writes(bob, "hello");

      assertThat(letter.kind()).isEqualTo(Letter.Kind.PREKEY);
      assertThat(Sessions.senderOf(letter)).isEqualTo(alice.address);
      assertThat(bob.reads(alice, letter)).isEqualTo("hello");
    }

    @Test
    void afterTheAnswerLettersAreOrdinary() throws Exception {
      Person.introduce(alice, bob);

      assertThat(alice.writes(bob, "how are you?").kind()).isEqualTo(Letter.Kind.MESSAGE);
      assertThat(bob.writes(alice, "fine").kind()).isEqualTo(Letter.Kind.MESSAGE);
    }

    @Test
    void severalLettersBeforeTheAnswerAllOpen() throws Exception {
      alice.startsWith(bob);
      Letter first = alice.writes(bob, "first");
      Letter second = alice.writes(bob, "second");

      assertThat(bob.reads(alice, second)).isEqualTo("second");
      assertThat(bob.reads(alice, first)).isEqualTo("first");
    }

    @Test
    void bothMayBeginAtOnce() throws Exception {
      alice.startsWith(bob);
      bob.startsWith(alice);
      Letter fromAlice = alice.writes(bob, "I was first");
      Letter fromBob = bob.writes(alice, "no, I");

      assertThat(bob.reads(alice, fromAlice)).isEqualTo("I was first");
      assertThat(alice.reads(bob, fromBob)).isEqualTo("no, I");
      for (int turn = 0; turn < 10; turn++) {
        assertThat(bob.reads(alice, alice.writes(bob, "ping"))).isEqualTo("ping");
        assertThat(alice.reads(bob, bob.writes(alice, "pong"))).isEqualTo("pong");
      }
    }

    @Test
    void aSecondUseOfAOneTimeBundleIsRefused() throws Exception {
      PreKeyBundle bundle = bob.bundle();
      alice.sessions.start(alice.state, bob.address, bundle);
      mallory.sessions.start(mallory.state, bob.address, bundle);
      bob.reads(alice, alice.writes(bob, "hello"));
      Letter late = mallory.writes(bob, "me too");

      assertThatThrownBy(() -> bob.reads(mallory, late))
          .isInstanceOf(CryptoException.UsedPreKey.class);
      assertThat(bob.state.session(mallory.address)).isEmpty();
    }

    @Test
    void aUsedBundleLeavesNoPrivateKey() throws Exception {
      PreKeyBundle bundle = bob.bundle();
      alice.sessions.start(alice.state, bob.address, bundle);

      bob.reads(alice, alice.writes(bob, "hello"));

      for (PreKeyKind kind : PreKeyKind.values()) {
        assertThat(bob.state.preKey(kind, bundle.signed().id())).isEmpty();
      }
    }

    @Test
    void aDiscardedBundleIsOfNoUse() throws Exception {
      PreKeyBundle bundle = bob.bundle();
      alice.sessions.start(alice.state, bob.address, bundle);
      Letter letter = alice.writes(bob, "hello");

      bob.sessions.discard(bob.state, bundle);

      assertThatThrownBy(() -> bob.reads(alice, letter))
          .isInstanceOf(CryptoException.UsedPreKey.class);
    }

    @Test
    void keysOfTwoBundlesCannotBeMixed() throws Exception {
      PreKeyBundle one = bob.bundle();
      PreKeyBundle other = bob.bundle();
      PreKeyBundle mixed =
          new PreKeyBundle(
              one.identityKey(),
              one.registrationId(),
              one.device(),
              other.signed(),
              null,
              one.kyber());
      mallory.sessions.start(mallory.state, bob.address, mixed);
      Letter letter = mallory.writes(bob, "hello");

      assertThatThrownBy(() -> bob.reads(mallory, letter))
          .isInstanceOf(CryptoException.UsedPreKey.class);
      assertThat(bob.state.preKey(PreKeyKind.SIGNED, other.signed().id())).isPresent();
    }

    @Test
    void aLastResortBundleServesManyButNoneTwice() throws Exception {
      PreKeyBundle bundle = bob.sessions.newBundle(bob.state, KeyUse.LAST_RESORT);
      alice.sessions.start(alice.state, bob.address, bundle);
      mallory.sessions.start(mallory.state, bob.address, bundle);
      Letter first = alice.writes(bob, "hello");

      assertThat(bob.reads(alice, first)).isEqualTo("hello");
      assertThat(bob.reads(mallory, mallory.writes(bob, "me too"))).isEqualTo("me too");
      bob.state.removeSession(alice.address);
      assertThatThrownBy(() -> bob.reads(alice, first))
          .isInstanceOf(CryptoException.UsedPreKey.class);
    }
  }

  @Nested
  class Mistrust {
    @Test
    void aBundleWithAnotherIdentityKeyIsRefused() throws Exception {
      PreKeyBundle theirs = mallory.bundle();

      assertThatThrownBy(() -> alice.sessions.start(alice.state, bob.address, theirs))
          .isInstanceOf(CryptoException.UntrustedIdentity.class);
      assertThat(alice.state.sessions()).isEmpty();
    }

    @Test
    void aStoredKeyThatDiffersIsRefused() throws Exception {
      alice.startsWith(bob);
      Letter letter = alice.writes(bob, "hello");
      bob.state.putIdentityKey(alice.address.account(), mallory.identity.publicKey());

      assertThatThrownBy(() -> bob.reads(alice, letter))
          .isInstanceOf(CryptoException.UntrustedIdentity.class);
    }

    @Test
    void aLetterUnderAnotherAccountsNameIsRefused() throws Exception {
      Letter letter = mallory.startsWith(bob).writes(bob, "I am Alice");

      assertThatThrownBy(() -> bob.reads(alice, letter))
          .isInstanceOf(CryptoException.UntrustedIdentity.class);
    }

    @Test
    void aLetterUnderAnotherDevicesNumberIsRefused() throws Exception {
      Letter letter = alice.startsWith(bob).writes(bob, "hello");
      DeviceAddress second = new DeviceAddress(alice.address.account(), new DeviceId(2));

      assertThatThrownBy(() -> bob.sessions.decrypt(bob.state, second, letter))
          .isInstanceOf(CryptoException.BadMessage.class);
    }

    @Test
    void aBundleOfAnotherDeviceIsRefused() {
      DeviceAddress second = new DeviceAddress(bob.address.account(), new DeviceId(2));

      assertThatThrownBy(() -> alice.sessions.start(alice.state, second, bob.bundle()))
          .isInstanceOf(CryptoException.BadBundle.class);
    }

    @Test
    void aForgedSignatureIsRefused() {
      PreKeyBundle good = bob.bundle();
      PreKeyBundle.Signed foreign = mallory.bundle().kyber();
      PreKeyBundle forged =
          new PreKeyBundle(
              good.identityKey(),
              good.registrationId(),
              good.device(),
              good.signed(),
              good.oneTime(),
              foreign);

      assertThatThrownBy(() -> alice.sessions.start(alice.state, bob.address, forged))
          .isInstanceOf(CryptoException.BadBundle.class);
    }

    @Test
    void keysOfLowOrderAreRefused() {
      PreKeyBundle good = bob.bundle();

      for (String u : LOW_ORDER) {
        ByteString key = ByteString.ofHex("05" + u);
        PreKeyBundle bad =
            new PreKeyBundle(
                good.identityKey(),
                good.registrationId(),
                good.device(),
                good.signed(),
                new PreKeyBundle.OneTime(good.signed().id(), key),
                good.kyber());
        assertThatThrownBy(() -> alice.sessions.start(alice.state, bob.address, bad))
            .isInstanceOf(CryptoException.BadBundle.class);
      }
    }

    @Test
    void aFirstLetterWithAKeyOfLowOrderIsRefused() throws Exception {
      Letter good = mallory.startsWith(bob).writes(bob, "hello");
      String hex = good.bytes().hex();
      assertThat(Sessions.senderOf(good)).isEqualTo(mallory.address);

      for (String field : List.of("122105", "1a2105")) {
        int key = hex.indexOf(field) + field.length();
        assertThat(key).isGreaterThan(field.length());
        for (String u : LOW_ORDER) {
          ByteString bad = ByteString.ofHex(hex.substring(0, key) + u + hex.substring(key + 64));
          Letter letter = new Letter(Letter.Kind.PREKEY, bad);
          assertThatThrownBy(() -> Sessions.senderOf(letter))
              .isInstanceOf(MalformedException.class);
          assertThatThrownBy(() -> bob.reads(mallory, letter))
              .isInstanceOf(CryptoException.BadMessage.class);
        }
      }
    }

    @Test
    void keysOfWrongSizeAreRefused() {
      PreKeyBundle good = bob.bundle();
      PreKeyBundle.Signed cut =
          new PreKeyBundle.Signed(
              good.kyber().id(), good.kyber().publicKey().slice(0, 1000), good.kyber().signature());
      PreKeyBundle bad =
          new PreKeyBundle(
              good.identityKey(), 1, good.device(), good.signed(), good.oneTime(), cut);

      assertThatThrownBy(() -> alice.sessions.start(alice.state, bob.address, bad))
          .isInstanceOf(CryptoException.BadBundle.class);
    }
  }

  /// The points whose agreement is zero: 0, 1, the two of order eight, p - 1, p, p + 1.
  private static final List<String> LOW_ORDER =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  @Nested
  class Letters {
    @Test
    void lengthsShowOnlyInSteps() throws Exception {
      Person.introduce(alice, bob);
      bob.reads(alice, alice.writes(bob, ""));

      List<Integer> sizes = new ArrayList<>();
      for (int length : List.of(0, 1, 80, 159)) {
        sizes.add(alice.writes(bob, "x".repeat(length)).bytes().size());
      }

      assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(4);
      assertThat(alice.writes(bob, "x".repeat(160)).bytes().size())
          .isGreaterThan(Collections.max(sizes) + 100);
    }

    @Test
    void theLongestContentFitsEvenIntoAFirstLetter() throws Exception {
      alice.startsWith(bob);
      String longest = "x".repeat(Sessions.MAX_CONTENT);

      assertThat(bob.reads(alice, alice.writes(bob, longest))).isEqualTo(longest);
      assertThatThrownBy(() -> alice.writes(bob, longest + "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFirstLetterWithAShortContentFitsIntoOneEnvelope() throws Exception {
      alice.startsWith(bob);

      assertThat(Envelopes.split(alice.writes(bob, "x".repeat(639)))).hasSize(1);
    }

    @Test
    void anOrdinaryLetterOf2399BytesFitsIntoOneEnvelope() throws Exception {
      Person.introduce(alice, bob);

      for (int turn = 0; turn < 20; turn++) {
        Letter letter = alice.writes(bob, "x".repeat(2399));
        assertThat(Envelopes.split(letter)).hasSize(1);
        bob.reads(alice, letter);
        alice.reads(bob, bob.writes(alice, "go on"));
      }
    }

    @Test
    void theSameLetterTwiceIsADuplicate() throws Exception {
      Person.introduce(alice, bob);
      Letter letter = alice.writes(bob, "once");
      bob.reads(alice, letter);

      assertThatThrownBy(() -> bob.reads(alice, letter))
          .isInstanceOf(CryptoException.Duplicate.class);
    }

    @Test
    void anAlteredLetterIsRefusedAndDoesNoHarm() throws Exception {
      Person.introduce(alice, bob);
      Letter letter = alice.writes(bob, "true");

      for (int at = 0; at < letter.bytes().size(); at++) {
        byte[] bytes = letter.bytes().toByteArray();
        bytes[at] ^= 0x10;
        Letter altered = new Letter(letter.kind(), ByteString.copyOf(bytes));
        assertThatThrownBy(() -> bob.reads(alice, altered)).isInstanceOf(CryptoException.class);
      }
      assertThat(bob.reads(alice, letter)).isEqualTo("true");
    }

    @Test
    void anAlteredFirstLetterIsRefusedAndDoesNoHarm() throws Exception {
      Letter letter = alice.startsWith(bob).writes(bob, "true");
      Random random = new Random(7);

      for (int i = 0; i < 200; i++) {
        byte[] bytes = letter.bytes().toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Letter altered = new Letter(letter.kind(), ByteString.copyOf(bytes));
        assertThatThrownBy(() -> bob.reads(alice, altered)).isInstanceOf(CryptoException.class);
      }
      assertThat(bob.reads(alice, letter)).isEqualTo("true");
    }

    @Test
    void aLetterCutShortAnywhereIsRefused() throws Exception {
      Letter letter = alice.startsWith(bob).writes(bob, "whole");

      for (int length = 1; length < letter.bytes().size(); length += 13) {
        Letter cut = new Letter(letter.kind(), letter.bytes().slice(0, length));
        assertThatThrownBy(() -> bob.reads(alice, cut)).isInstanceOf(CryptoException.class);
      }
    }

    @Test
    void withoutASessionNothingIsSentOrRead() throws Exception {
      assertThatThrownBy(() -> alice.writes(bob, "hello"))
          .isInstanceOf(CryptoException.NoSession.class);

      Person.introduce(alice, bob);
      Letter letter = alice.writes(bob, "hello");
      bob.state.removeSession(alice.address);
      assertThatThrownBy(() -> bob.reads(alice, letter))
          .isInstanceOf(CryptoException.NoSession.class);
    }

    @Test
    void aSessionUnansweredForThirtyDaysSendsNoMore() throws Exception {
      alice.startsWith(bob);
      Sessions later = alice.at(Person.NOON.plus(Duration.ofDays(31)));

      assertThat(later.hasSession(alice.state, bob.address)).isFalse();
      assertThatThrownBy(() -> later.encrypt(alice.state, bob.address, new byte[3]))
          .isInstanceOf(CryptoException.NoSession.class);
    }

    @Test
    void anArchivedSessionStillReads() throws Exception {
      Person.introduce(alice, bob);
      Letter underWay = bob.writes(alice, "under way");

      alice.sessions.archive(alice.state, bob.address);

      assertThat(alice.sessions.hasSession(alice.state, bob.address)).isFalse();
      assertThat(alice.reads(bob, underWay)).isEqualTo("under way");
    }
  }

  @Nested
  class Repair {
    @Test
    void aLostSessionIsRebuiltByARetryRequest() throws Exception {
      Person.introduce(alice, bob);
      bob.state.removeSession(alice.address);
      Letter unreadable = alice.writes(bob, "important");
      assertThatThrownBy(() -> bob.reads(alice, unreadable))
          .isInstanceOf(CryptoException.NoSession.class);

      ByteString request =
          bob.sessions.retryRequest(unreadable, Person.NOON, alice.address.device());
      PreKeyBundle fresh = bob.bundle();
      assertThat(alice.sessions.concernsSession(alice.state, bob.address, request)).isTrue();
      alice.sessions.start(alice.state, bob.address, fresh);

      assertThat(bob.reads(alice, alice.writes(bob, "important"))).isEqualTo("important");
      assertThat(alice.reads(bob, bob.writes(alice, "thanks"))).isEqualTo("thanks");
    }

    @Test
    void aRequestAboutAnOlderSessionDoesNotConcernTheNewOne() throws Exception {
      Person.introduce(alice, bob);
      Letter unreadable = alice.writes(bob, "important");
      ByteString request =
          bob.sessions.retryRequest(unreadable, Person.NOON, alice.address.device());

      alice.startsWith(bob);

      assertThat(alice.sessions.concernsSession(alice.state, bob.address, request)).isFalse();
    }

    @Test
    void aFirstLetterCanBeAskedForAgainToo() throws Exception {
      Letter first = alice.startsWith(bob).writes(bob, "hello");

      ByteString request = bob.sessions.retryRequest(first, Person.NOON, alice.address.device());

      assertThat(alice.sessions.concernsSession(alice.state, bob.address, request)).isTrue();
    }

    @Test
    void garbageIsNoRetryRequest() {
      ByteString garbage = ByteString.ofHex("ffffffffffffffff");

      assertThatThrownBy(() -> alice.sessions.concernsSession(alice.state, bob.address, garbage))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(
              () ->
                  bob.sessions.retryRequest(
                      new Letter(Letter.Kind.MESSAGE, garbage), Person.NOON, new DeviceId(1)))
          .isInstanceOf(MalformedException.class);
    }

    @Test
    void onAnotherKindOfProcessorAllSessionsAreRemoved() throws Exception {
      Person.introduce(alice, bob);
      assertThat(alice.sessions.removeForeignSessions(alice.state)).isEmpty();
      assertThat(alice.sessions.removeForeignSessions(alice.state)).isEmpty();

      Sessions elsewhere = alice.on(new CpuClass("z80"));

      assertThat(elsewhere.removeForeignSessions(alice.state)).containsExactly(bob.address);
      assertThat(alice.state.sessions()).isEmpty();
      assertThat(elsewhere.removeForeignSessions(alice.state)).isEmpty();
    }

    @Test
    void theProcessorHereHasAName() {
      assertThat(CpuClass.here().name()).startsWith(System.getProperty("os.arch"));
    }
  }

  @Nested
  class Together {
    @Test
    void fourThreadsInOneSessionDoItNoDamage() throws Exception {
      Person.introduce(alice, bob);
      ConcurrentLinkedQueue<Letter> letters = new ConcurrentLinkedQueue<>();

      inFourThreads(
          thread -> {
            for (int i = 0; i < 100; i++) {
              letters.add(alice.writes(bob, thread + "/" + i));
            }
          });
      ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
      inFourThreads(
          _ -> {
            for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
              texts.add(bob.reads(alice, letter));
            }
          });

      assertThat(texts).hasSize(400).doesNotHaveDuplicates();
      assertThat(alice.reads(bob, bob.writes(alice, "all there"))).isEqualTo("all there");
    }

    private interface Task {
      void run(int thread) throws Exception;
    }

    private void inFourThreads(Task task) throws Exception {
      try (var threads = Executors.newFixedThreadPool(4)) {
        List<Callable<Boolean>> tasks =
            IntStream.range(0, 4)
                .<Callable<Boolean>>mapToObj(
                    thread ->
                        () -> {
                          task.run(thread);
                          return true;
                        })
                .toList();
        for (Future<Boolean> done : threads.invokeAll(tasks)) {
          done.get();
        }
      }
    }

    @Test
    void whatTheStateThrowsPassesUnchanged() throws Exception {
      Person.introduce(alice, bob);
      Letter letter = alice.writes(bob, "hello");
      IllegalStateException full = new IllegalStateException("disk full");
      SessionState failing = new FailingState(bob.state, full);

      assertThatThrownBy(() -> bob.sessions.decrypt(failing, alice.address, letter)).isSameAs(full);
      assertThatThrownBy(() -> bob.sessions.encrypt(failing, alice.address, new byte[1]))
          .isSameAs(full);
      assertThat(bob.reads(alice, letter)).isEqualTo("hello");
    }
  }

  /// Fails when a session is to be kept.
  private record FailingState(SessionState state, RuntimeException failure)
      implements SessionState {
    @Override
    public Optional<SecretBytes> session(DeviceAddress peer) {
      return state.session(peer);
    }

    @Override
    public void putSession(DeviceAddress peer, SecretBytes record) {
      throw failure;
    }

    @Override
    public void removeSession(DeviceAddress peer) {
      state.removeSession(peer);
    }

    @Override
    public List<DeviceAddress> sessions() {
      return state.sessions();
    }

    @Override
    public Optional<ByteString> identityKey(AccountId account) {
      return state.identityKey(account);
    }

    @Override
    public void putIdentityKey(AccountId account, ByteString key) {
      state.putIdentityKey(account, key);
    }

    @Override
    public Optional<SecretBytes> preKey(PreKeyKind kind, int id) {
      return state.preKey(kind, id);
    }

    @Override
    public void putPreKey(PreKeyKind kind, int id, SecretBytes record) {
      state.putPreKey(kind, id, record);
    }

    @Override
    public void removePreKey(PreKeyKind kind, int id) {
      state.removePreKey(kind, id);
    }

    @Override
    public boolean addBaseKey(int kyberId, int signedId, ByteString baseKey) {
      return state.addBaseKey(kyberId, signedId, baseKey);
    }

    @Override
    public Optional<String> cpuClass() {
      return state.cpuClass();
    }

    @Override
    public void putCpuClass(String name) {
      state.putCpuClass(name);
    }
  }
}
