package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.contract.Device;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.node.Federation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralNodesTest {
  private static final Answer<Done> DONE = new Answer.Given<>(new Done());
  private static final Handoff ACCEPTED = new Handoff.Accepted();

  /// Fewer than a node pushes before something is deleted.
  private static final int SOME = 30;

  @TempDir java.nio.file.Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(one);
    return one;
  }

  private PathWorld world(int nodes) throws Exception {
    return closing(new PathWorld(folder, nodes));
  }

  private static OwnMailbox openMailbox(PathWorld world, Device owner) throws Exception {
    OwnMailbox mailbox = mailboxAt(world.node());
    assertThat(owner.opens(mailbox, world.today())).isEqualTo(DONE);
    return mailbox;
  }

  /// Deposits at the last node without the others.
  private List<EnvelopeId> depositNearby(PathWorld world, OwnMailbox mailbox, int count)
      throws InterruptedException {
    Carrier nearby = closing(RelayedCarrier.start(Clock.systemUTC(), NodeWorld.QUICK));
    Heard<Handoff> outcomes = new Heard<>();
    List<EnvelopeId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Deposit deposit = depositFor(mailbox, world.today());
      ids.add(deposit.id());
      nearby.deposit(Path.through(world.node()), deposit, outcomes);
    }
    for (int i = 0; i < count; i++) {
      assertThat(outcomes.next()).isEqualTo(ACCEPTED);
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"2,0", "2,1", "4,0", "4,1", "4,2", "4,3"})
  void afterANodeWasStartedAnewTheNextButOneAttemptSucceeds(int nodes, int which) throws Exception {
    PathWorld world = world(nodes);
    Device alice = new Device(world);
    OwnMailbox mailbox = openMailbox(world, new Device(world));
    assertThat(alice.deposits(depositFor(mailbox, world.today()))).isEqualTo(ACCEPTED);

    world.restart(which);
    alice.carrier.hurry();
    Deposit deposit = depositFor(mailbox, world.today());
    Handoff first = alice.deposits(deposit);

    assertThat(first).isIn(ACCEPTED, new Handoff.Unreachable());
    assertThat(first.equals(ACCEPTED) ? first : alice.deposits(deposit)).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"2,0", "2,1", "4,0", "4,1", "4,2", "4,3"})
  void aSubscriptionOutlivesTheRestartOfANode(int nodes, int which) throws Exception {
    PathWorld world = world(nodes);
    Device bob = new Device(world);
    OwnMailbox mailbox = openMailbox(world, bob);
    HeardMail mail = bob.subscribes(mailbox, world.today());
    mail.calls.next(HeardMail.Call.CaughtUp.class);
    Set<EnvelopeId> missing = new HashSet<>(depositNearby(world, mailbox, SOME));

    world.restart(which);
    missing.addAll(depositNearby(world, mailbox, SOME));

    while (!missing.isEmpty()) {
      missing.remove(mail.nextEnvelope().id());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aThousandEnvelopesArePushedInTheirOrder(int nodes) throws Exception {
    int count = 1_000;
    PathWorld world = world(nodes);
    Device bob = new Device(world);
    OwnMailbox mailbox = openMailbox(world, bob);
    depositNearby(world, mailbox, count);

    HeardMail mail = bob.subscribes(mailbox, world.today());

    List<EnvelopeId> read = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      StoredEnvelope envelope = mail.nextEnvelope();
      assertThat(envelope.sequence()).isEqualTo(i);
      read.add(envelope.id());
      if (read.size() == SOME || i == count) {
        assertThat(bob.deletes(mailbox, world.today(), read.toArray(EnvelopeId[]::new)))
            .isEqualTo(DONE);
        read.clear();
      }
    }
    assertThat(mail.calls.next()).isEqualTo(new HeardMail.Call.CaughtUp());
  }

  @Test
  void aSubscriptionIsBegunAnewBeforeItsBlocksExpire() throws Exception {
    PathWorld world = world(2);
    Timing hasty =
        new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(500));
    OwnMailbox mailbox = openMailbox(world, new Device(world));
    EnvelopeId kept = depositNearby(world, mailbox, 1).getFirst();
    HeardMail mail = new HeardMail();

    var _ = world.carrier(hasty).subscribe(world.path(), mailbox, world.today(), mail);

    for (int renewal = 0; renewal < 4; renewal++) {
      assertThat(mail.nextEnvelope().id()).isEqualTo(kept);
      mail.calls.next(HeardMail.Call.CaughtUp.class);
    }
  }

  @Test
  void anOperatorWhoForbidsIsNamedAsTheReason() throws Exception {
    Federation nobody = new Federation(Federation.Mode.NOBODY, Set.of(), Set.of());
    PathWorld world = closing(new PathWorld(folder, 2, config -> config.withFederation(nobody)));
    OwnMailbox mailbox = mailboxAt(world.node());
    Device alice = new Device(world);

    assertThat(alice.deposits(depositFor(mailbox, world.today())))
        .isEqualTo(new Handoff.Refused(Refusal.NOT_ALLOWED));
    assertThat(alice.opens(mailbox, world.today()))
        .isEqualTo(new Answer.Refused<>(Refusal.NOT_ALLOWED));
    assertThat(alice.subscribes(mailbox, world.today()).nextRefusal())
        .isEqualTo(Refusal.NOT_ALLOWED);
  }

  @Test
  void aNodePassesOnForItsOwnPeopleOnly() throws Exception {
    PathWorld world = world(2);
    OwnMailbox mailbox = mailboxAt(world.node());
    Carrier stranger = closing(RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK));
    Heard<Handoff> heard = new Heard<>();

    stranger.deposit(world.path(), depositFor(mailbox, world.today()), heard);
    Handoff withoutToken = heard.next();
    stranger.livesAt(new NodeAddress.WithAdmission(world.address(0), Fixtures.token()));
    stranger.deposit(world.path(), depositFor(mailbox, world.today()), heard);

    assertThat(withoutToken).isEqualTo(new Handoff.Refused(Refusal.NOT_ADMITTED));
    assertThat(heard.next()).isEqualTo(new Handoff.Refused(Refusal.NOT_ADMITTED));
  }

  @Test
  void anImpostorInTheSecondPlaceIsNeverReached() throws Exception {
    PathWorld world = world(2);
    NodeAddress real = world.node();
    NodeAddress impostor =
        new NodeAddress(real.host(), real.port(), new NodeKey(Fixtures.random(32)));
    Carrier alice = world.carrier();
    Heard<Reachability> reachability = new Heard<>();
    alice.onReachability(reachability);
    Heard<Handoff> handoffs = new Heard<>();

    Deposit deposit = depositFor(mailboxAt(impostor), world.today());
    alice.deposit(Path.through(world.address(0), impostor), deposit, handoffs);

    assertThat(handoffs.next()).isEqualTo(new Handoff.Unreachable());
    assertThat(reachability.next(Reachability.Lost.class))
        .returns(impostor, Reachability.Lost::place)
        .returns(Optional.of(world.address(0)), Reachability.Lost::via);
  }

  @Test
  void aFirstNodeThatLiesAboutTheSecondIsFoundOut() throws Exception {
    FakeNode liar =
        closing(FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.SAYS_IT_IS_EVERYBODY));
    NodeAddress second =
        new NodeAddress("127.0.0.1", 1, new NodeKey(Fixtures.random(NodeKey.SIZE)));
    Carrier alice = closing(RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK));
    alice.livesAt(new NodeAddress.WithAdmission(liar.address(), Fixtures.token()));
    Heard<Reachability> reachability = new Heard<>();
    alice.onReachability(reachability);
    Heard<Handoff> handoffs = new Heard<>();

    Deposit deposit = depositFor(mailboxAt(second), Day.of(Clock.systemUTC().instant()));
    alice.deposit(Path.through(liar.address(), second), deposit, handoffs);

    assertThat(handoffs.next()).isEqualTo(new Handoff.Unreachable());
    assertThat(reachability.next(Reachability.Impostor.class))
        .returns(second, Reachability.Impostor::place)
        .returns(Optional.of(liar.address()), Reachability.Impostor::via);
  }

  @Test
  void aNodeOutOfReachFromTheFirstMayBeReachedFromHere() throws Exception {
    Federation nobody = new Federation(Federation.Mode.NOBODY, Set.of(), Set.of());
    PathWorld world = closing(new PathWorld(folder, 2, config -> config.withFederation(nobody)));
    OwnMailbox mailbox = mailboxAt(world.node());
    Carrier alice = world.carrier();
    Heard<Handoff> handoffs = new Heard<>();
    Deposit deposit = depositFor(mailbox, world.today());

    alice.deposit(world.path(), deposit, handoffs);
    assertThat(handoffs.next()).isEqualTo(new Handoff.Refused(Refusal.NOT_ALLOWED));
    alice.deposit(Path.through(world.node()), deposit, handoffs);

    assertThat(handoffs.next()).isEqualTo(new Handoff.Refused(Refusal.UNKNOWN_MAILBOX));
  }
}
