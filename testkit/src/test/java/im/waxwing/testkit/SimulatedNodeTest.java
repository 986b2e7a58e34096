package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Refusal;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.primitives.Ed25519;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedNodeTest {
  private final VirtualTime time = new VirtualTime();
  private final SimulatedNetwork network = new SimulatedNetwork(time, Chance.ofSeed(7));
  private final SimulatedNode node = SimulatedNode.atHost("node.test", new Machine("node", time));
  private final SimulatedCarrier bob = carrier("Bob");
  private final OwnMailbox mailbox = mailbox();
  private final Day today = Day.of(time.now());
  private final List<Object> outcomes = new ArrayList<>();

  SimulatedNodeTest() {
    network.attach(node);
    bob.open(path(), mailbox, today, node.addressWithAdmission().token(), outcomes::add);
    time.pass(Duration.ofSeconds(5));
    assertThat(outcomes).containsExactly(new Answer.Given<>(new Done()));
    outcomes.clear();
  }

  @Test
  void aPowerCutBeforeTheCommitLosesWhatWasNotAnswered() {
    node.setSlowness(Duration.ofSeconds(2));
    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(2));

    node.machine().cutPower();
    node.machine().switchOn();
    time.pass(Duration.ofSeconds(20));

    assertThat(outcomes).containsExactly(new Handoff.Unreachable());
    assertThat(node.envelopes()).isZero();
  }

  @Test
  void aPowerCutAfterTheAnswerLosesNothing() {
    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(2));

    node.machine().cutPower();
    node.machine().switchOn();

    assertThat(outcomes).containsExactly(new Handoff.Accepted());
    assertThat(node.envelopes()).isOne();
  }

  @Test
  void packetsThatComeTwiceAreActedOnOnce() {
    network.setWeather(new Weather(0, 1, 0, Duration.ofMillis(20)));

    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(20));

    assertThat(outcomes).containsExactly(new Handoff.Accepted());
    assertThat(node.envelopes()).isOne();
  }

  @Test
  void aFullNodeSaysSo() {
    node.setTrouble(SimulatedNode.Trouble.FULL);

    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(2));

    assertThat(outcomes).containsExactly(new Handoff.Refused(Refusal.FULL));
  }

  @Test
  void garbageEndsAsUnreachable() {
    node.setTrouble(SimulatedNode.Trouble.GARBLED);

    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofMinutes(1));

    assertThat(outcomes).containsExactly(new Handoff.Unreachable());
  }

  @Test
  void requestsAreSealedForTheEpochTheyArriveIn() {
    time.pass(Duration.ofHours(100));
    Day later = Day.of(time.now());
    bob.open(path(), mailbox, later, node.addressWithAdmission().token(), outcomes::add);
    time.pass(Duration.ofSeconds(30));

    assertThat(outcomes).containsExactly(new Answer.Given<>(new Done()));
  }

  @Test
  void anotherNodeAtTheSameAddressIsNotSpokenTo() {
    network.attach(SimulatedNode.atHost("node.test", new Machine("Mallory's", time)));
    SimulatedCarrier alice = carrier("Alice");

    alice.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(30));

    assertThat(outcomes).containsExactly(new Handoff.Unreachable());
  }

  @Test
  void aNodeThatLostItsDiskKnowsNoMailbox() {
    node.loseEverything();
    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(30));
    bob.deposit(path(), envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(30));

    assertThat(outcomes.getLast()).isEqualTo(new Handoff.Refused(Refusal.UNKNOWN_MAILBOX));
  }

  private SimulatedCarrier carrier(String name) {
    return new SimulatedCarrier(network, new Machine(name, time));
  }

  private Path path() {
    return Path.through(node.address());
  }

  private OwnMailbox mailbox() {
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      SecretBytes depositSecret = SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE);
      return new OwnMailbox(new MailboxTarget(node.address(), mailboxKey, depositSecret), seed);
    }
  }

  private Deposit envelope() {
    return new Deposit(
        mailbox.target(),
        today,
        new EnvelopeId(random(EnvelopeId.SIZE)),
        new Envelope(random(Envelope.SIZE)));
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
