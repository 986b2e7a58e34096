package im.waxwing.crypto;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.join;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.DeviceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Letters: as a stranger invents them, and as Mallory changes those that Alice and Bob write.
public final class SessionTargets {
  private static final Device READER = new Device();
  private static final List<Step> STEPS = List.of(Step.values());
  private static final List<Letter.Kind> KINDS = List.of(Letter.Kind.values());

  private SessionTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target(
            "first-letter",
            Set.of(
                "im.waxwing.crypto.Sessions#senderOf",
                "im.waxwing.crypto.PreKeyLetter#decode",
                "im.waxwing.crypto.PreKeyLetter#messageOf"),
            input -> Sessions.senderOf(letter(input)),
            SessionTargets::firstLetters),
        Target.of(
            "undecryptable-letter",
            "im.waxwing.crypto.Sessions#retryRequest",
            input -> READER.sessions.retryRequest(letter(input), Instant.EPOCH, new DeviceId(1)),
            SessionTargets::undecryptable),
        Target.of(
            "retry-of-session",
            "im.waxwing.crypto.Sessions#concernsSession",
            input ->
                READER.sessions.concernsSession(
                    READER.state, READER.address, ByteString.copyOf(input)),
            SessionTargets::retries),
        Target.of(
            "conversation",
            "im.waxwing.crypto.Sessions#decrypt",
            input -> new Script(input).run(),
            SessionTargets::scripts));
  }

  /// Kind u8 ‖ bytes.
  private static Letter letter(byte[] input) throws MalformedException {
    byte[] padded = Arrays.copyOf(input, Math.clamp(input.length, 2, 1 + Letter.MAX_SIZE));
    return new Letter(
        Letter.Kind.decode(padded[0]), ByteString.copyOf(padded, 1, padded.length - 1));
  }

  private static byte[] bytes(Letter letter) {
    return join(new byte[] {(byte) letter.kind().code()}, letter.bytes().toByteArray());
  }

  private static byte[] firstLetter() throws CryptoException {
    Device alice = new Device();
    Device bob = new Device();
    alice.startsWith(bob);
    return bytes(alice.writes(bob));
  }

  private static Cases firstLetters() throws Exception {
    byte[] first = firstLetter();
    return new Cases()
        .with("success", first)
        .with("no-first-letter", set(first, 0, Letter.Kind.MESSAGE.code()))
        .with("unknown-kind", set(first, 0, 7))
        .with("device-zero", set(first, 1, 0))
        .with("cut-short", cut(first, 80))
        .with("unknown-version", set(first, 2, 0x11));
  }

  private static Cases undecryptable() throws Exception {
    byte[] first = firstLetter();
    return new Cases().with("success-first", first).with("no-message", cut(first, 40));
  }

  private static Cases retries() throws Exception {
    Letter first = new Letter(Letter.Kind.PREKEY, ByteString.copyOf(rest(firstLetter())));
    ByteString request = READER.sessions.retryRequest(first, Instant.EPOCH, new DeviceId(1));
    return new Cases()
        .with("success", request)
        .with("no-message", new byte[] {9, 9, 9})
        .with("empty", new byte[0]);
  }

  private static byte[] rest(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }

  private static Cases scripts() {
    return new Cases()
        .with(
            "success", script(Step.ALICE_WRITES, Step.BOB_READS, Step.BOB_WRITES, Step.ALICE_READS))
        .with("nobody-to-write-to", script(Step.BOB_WRITES))
        .with(
            "read-twice",
            script(
                Step.ALICE_WRITES,
                Step.BOB_READS,
                Step.BOB_WRITES,
                Step.ALICE_READS,
                Step.ALICE_WRITES,
                Step.BOB_READS,
                Step.BOB_READS))
        .with(
            "session-gone",
            script(
                Step.ALICE_WRITES,
                Step.BOB_READS,
                Step.BOB_WRITES,
                Step.ALICE_READS,
                Step.ALICE_WRITES,
                Step.BOB_FORGETS,
                Step.BOB_READS))
        .with(
            "prekey-used-up",
            script(Step.ALICE_WRITES, Step.BOB_READS, Step.BOB_FORGETS, Step.BOB_READS))
        .with("another-accounts", script(Step.ALICE_WRITES, Step.BOB_READS_AS_MALLORYS))
        .with(
            "altered",
            join(script(Step.ALICE_WRITES, Step.ALTER), new byte[] {0, 99}, script(Step.BOB_READS)))
        .with(
            "cut-short",
            join(script(Step.ALICE_WRITES, Step.CUT), new byte[] {0, 99}, script(Step.BOB_READS)))
        .with(
            "another-devices",
            join(script(Step.ALICE_WRITES, Step.ALTER), new byte[] {0, 0}, script(Step.BOB_READS)))
        .with(
            "kind-retry",
            join(script(Step.ALICE_WRITES, Step.RELABEL), new byte[] {2}, script(Step.BOB_READS)));
  }

  private static byte[] script(Step... steps) {
    byte[] script = new byte[steps.length];
    for (int i = 0; i < steps.length; i++) {
      script[i] = (byte) STEPS.indexOf(steps[i]);
    }
    return script;
  }

  private enum Step {
    ALICE_WRITES,
    BOB_READS,
    BOB_WRITES,
    ALICE_READS,
    BOB_READS_AS_MALLORYS,
    BOB_FORGETS,
    /// Changes the letter under way at an index u16.
    ALTER,
    /// Cuts the letter under way to a length u16.
    CUT,
    /// Gives the letter under way another kind u8.
    RELABEL
  }

  /// What happens between Alice and Bob, one byte a step; ends with the first refusal.
  private static final class Script {
    private static final int MAX_STEPS = 64;

    private final byte[] steps;
    private int at;
    private final Device alice = new Device();
    private final Device bob = new Device();
    private Letter letter = new Letter(Letter.Kind.MESSAGE, ByteString.copyOf(new byte[1]));

    Script(byte[] steps) {
      this.steps = steps;
    }

    void run() throws CryptoException {
      for (int i = 0; i < MAX_STEPS && at < steps.length; i++) {
        step(STEPS.get(next() % STEPS.size()));
      }
    }

    private void step(Step step) throws CryptoException {
      switch (step) {
        case ALICE_WRITES -> {
          if (!alice.sessions.hasSession(alice.state, bob.address)) {
            alice.startsWith(bob);
          }
          letter = alice.writes(bob);
        }
        case BOB_READS -> bob.sessions.decrypt(bob.state, alice.address, letter);
        case BOB_WRITES -> letter = bob.writes(alice);
        case ALICE_READS -> alice.sessions.decrypt(alice.state, bob.address, letter);
        case BOB_READS_AS_MALLORYS -> bob.sessions.decrypt(bob.state, READER.address, letter);
        case BOB_FORGETS -> bob.state.removeSession(alice.address);
        case ALTER -> {
          byte[] bytes = letter.bytes().toByteArray();
          bytes[twoBytes() % bytes.length] ^= 2;
          letter = new Letter(letter.kind(), ByteString.copyOf(bytes));
        }
        case CUT -> {
          int length = Math.clamp(twoBytes(), 1, letter.bytes().size());
          letter = new Letter(letter.kind(), letter.bytes().slice(0, length));
        }
        case RELABEL -> {
          letter = new Letter(KINDS.get(next() % KINDS.size()), letter.bytes());
        }
      }
    }

    private int twoBytes() {
      return (next() << 8) | next();
    }

    private int next() {
      return at < steps.length ? Byte.toUnsignedInt(steps[at++]) : 0;
    }
  }
}
