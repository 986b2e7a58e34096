package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.primitives.Ed25519;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Alice lives at North, Bob at South; she cannot reach South from where she is.
class SimulatedPathTest {
  private final VirtualTime time = new VirtualTime();
  private final SimulatedNetwork network = new SimulatedNetwork(time, Chance.ofSeed(7));
  private final SimulatedNode north = SimulatedNode.atHost("north.test", new Machine("N", time));
  private final SimulatedNode south = SimulatedNode.atHost("south.test", new Machine("S", time));
  private final SimulatedCarrier alice = carrier("Alice");
  private final SimulatedCarrier bob = carrier("Bob");
  private final OwnMailbox mailbox = mailbox();
  private final Path path = Path.through(north.address(), south.address());
  private final List<Object> outcomes = new ArrayList<>();
  private final List<Reachability> behind = new ArrayList<>();

  SimulatedPathTest() {
    network.attach(north);
    network.attach(south);
    network.part("Alice", south);
    alice.livesAt(north.addressWithAdmission());
    alice.onReachability(
        reachability -> {
          if (reachability.via().isPresent()) {
            behind.add(reachability);
          }
        });
    open();
  }

  @Test
  void aLetterPassesByTheWritersNode() {
    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Accepted());
    assertThat(south.envelopes()).isOne();
    assertThat(north.envelopes()).isZero();
    assertThat(behind).hasSize(1).first().isInstanceOf(Reachability.Reachable.class);
  }

  @Test
  void nothingPassesBetweenNodesThatAreParted() {
    network.part(north, south);

    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Unreachable());
    assertThat(behind).isNotEmpty().allMatch(Reachability.Lost.class::isInstance);
  }

  @Test
  void theWayIsThereAgainWhenTheNodesAre() {
    network.part(north, south);
    deposit();
    network.join(north, south);
    time.pass(Duration.ofMinutes(2));
    outcomes.clear();

    deposit();

    assertThat(behind).last().isInstanceOf(Reachability.Reachable.class);
    assertThat(outcomes).containsExactly(new Handoff.Accepted());
  }

  @Test
  void aNodeHoldsAPacketUntilItReachesTheOtherAgain() {
    deposit();
    network.part(north, south);
    time.pass(Duration.ofMinutes(2));
    deposit();
    int meanwhile = south.envelopes();

    network.join(north, south);
    time.pass(Duration.ofMinutes(2));

    assertThat(outcomes).containsExactly(new Handoff.Accepted(), new Handoff.Unreachable());
    assertThat(meanwhile).isOne();
    assertThat(south.envelopes()).isEqualTo(2);
  }

  @Test
  void aNodeThatWasStartedAnewIsAskedForItsKeys() {
    deposit();
    south.machine().cutPower();
    south.machine().switchOn();
    outcomes.clear();

    deposit();
    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Unreachable(), new Handoff.Accepted());
  }

  @Test
  void whatTheReadersNodeRefusesIsRefused() {
    south.loseEverything();

    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Refused(Refusal.UNKNOWN_MAILBOX));
  }

  @Test
  void aNodePassesNothingOnForThoseWhoDoNotLiveThere() {
    SimulatedCarrier mallory = carrier("Mallory");
    mallory.livesAt(
        new NodeAddress.WithAdmission(
            north.address(), new AdmissionToken(random(AdmissionToken.SIZE))));

    mallory.deposit(path, envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(20));

    assertThat(outcomes).containsExactly(new Handoff.Refused(Refusal.NOT_ADMITTED));
  }

  @Test
  void packetsThatComeTwiceAreActedOnOnce() {
    network.setWeather(new Weather(0, 1, 0, Duration.ofMillis(20)));

    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Accepted());
    assertThat(south.envelopes()).isOne();
  }

  @Test
  void clocksMayBeHoursApart() {
    south.setClockError(Duration.ofHours(-9));
    time.pass(Duration.ofSeconds(5));

    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Accepted());
  }

  @Test
  void nodesWhoseClocksAreADayApartDoNotTalk() {
    north.setClockError(Duration.ofDays(1));

    deposit();

    assertThat(outcomes).containsExactly(new Handoff.Unreachable());
  }

  private void open() {
    Path home = Path.through(south.address());
    bob.open(home, mailbox, today(), south.addressWithAdmission().token(), outcomes::add);
    time.pass(Duration.ofSeconds(5));
    assertThat(outcomes).containsExactly(new Answer.Given<>(new Done()));
    outcomes.clear();
  }

  private void deposit() {
    alice.deposit(path, envelope(), outcomes::add);
    time.pass(Duration.ofSeconds(20));
  }

  private Day today() {
    return Day.of(south.machine().clock().instant());
  }

  private SimulatedCarrier carrier(String name) {
    return new SimulatedCarrier(network, new Machine(name, time));
  }

  private OwnMailbox mailbox() {
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      SecretBytes depositSecret = SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE);
      return new OwnMailbox(new MailboxTarget(south.address(), mailboxKey, depositSecret), seed);
    }
  }

  private Deposit envelope() {
    return new Deposit(
        mailbox.target(),
        today(),
        new EnvelopeId(ByteString.copyOf(random(EnvelopeId.SIZE).exposeSecret())),
        new Envelope(ByteString.copyOf(random(Envelope.SIZE).exposeSecret())));
  }

  private static SecretBytes random(int size) {
    return SecretBytes.generate(size);
  }
}
