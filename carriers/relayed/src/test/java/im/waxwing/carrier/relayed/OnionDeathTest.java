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
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.node.testing.OnionNetwork;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Placement;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of a real network die, or come back with other keys, while letters are on their way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnionDeathTest {
  private static final Answer<Done> DONE = new Answer.Given<>(new Done());
  private static final Handoff ACCEPTED = new Handoff.Accepted();

  private OnionNetwork network;
  private OnionWorld world;
  private final List<Integer> stopped = new ArrayList<>();

  /// Alice's and Bob's memories of the network.
  private Notes alices;

  private Notes bobs;
  private Carrier alice;
  private Carrier bob;
  private OwnMailbox mailbox;

  @BeforeAll
  void startNetwork(@TempDir Path folder) throws Exception {
    network =
        OnionNetwork.start(
            folder, OnionNetwork.Shape.of(OnionWorld.NODES).withEpoch(Duration.ofSeconds(16)));
  }

  @AfterAll
  void stopNetwork() {
    network.close();
  }

  @BeforeEach
  void enter() throws Exception {
    world = new OnionWorld(network);
    alices = new Notes();
    bobs = new Notes();
    alice = world.carrier(PathWorld.QUICK, alices);
    bob = world.carrier(PathWorld.QUICK, bobs);
    mailbox = mailboxAt(world.place());
    assertThat(this.<Answer<Done>>ask(then -> open(bob, then))).isEqualTo(DONE);
    assertThat(deposits(alice, deposit())).isEqualTo(ACCEPTED);
  }

  @AfterEach
  void mend() throws Exception {
    world.close();
    for (int node : stopped) {
      network.startNode(node);
    }
    stopped.clear();
    network.awaitListed();
    network.awaitAcquainted();
  }

  private <T> T ask(Consumer<Heard<T>> question) throws InterruptedException {
    Heard<T> heard = new Heard<>();
    question.accept(heard);
    return heard.next();
  }

  private void open(Carrier carrier, Heard<Answer<Done>> then) {
    carrier.open(world.path(), mailbox, world.today(), world.token(), then);
  }

  private Deposit deposit() {
    return depositFor(mailbox, world.today());
  }

  private Handoff deposits(Carrier by, Deposit deposit) throws InterruptedException {
    return ask(heard -> by.deposit(world.path(), deposit, heard));
  }

  private HeardMail listen() throws InterruptedException {
    HeardMail mail = new HeardMail();
    var _ = bob.subscribe(world.path(), mailbox, world.today(), mail);
    mail.calls.next(HeardMail.Call.CaughtUp.class);
    return mail;
  }

  private static StoredEnvelope awaitEnvelope(HeardMail mail, Deposit deposit)
      throws InterruptedException {
    StoredEnvelope envelope = mail.nextEnvelope();
    while (!envelope.id().equals(deposit.id())) {
      envelope = mail.nextEnvelope();
    }
    return envelope;
  }

  private List<NodeKey> guards(Notes of) throws Exception {
    Atlas atlas = new Atlas(network.authorities().id(), new SecureRandom());
    atlas.recall(of.recall().orElseThrow(), Instant.now());
    return atlas.guards().stream().map(Entry::key).toList();
  }

  private List<NodeKey> swarm() throws Exception {
    MailboxDay day = MailboxDay.of(mailbox.target(), world.today());
    return Placement.swarm(network.consensus().orElseThrow(), day.id().bytes(), day.day()).stream()
        .map(Entry::key)
        .toList();
  }

  private int numberOf(NodeKey key) {
    for (int i = 0; i < OnionWorld.NODES; i++) {
      if (network.addressOf(i).key().equals(key)) {
        return i;
      }
    }
    throw new AssertionError("no such node");
  }

  private void kill(NodeKey node) {
    int number = numberOf(node);
    network.stopNode(number);
    stopped.add(number);
  }

  @Test
  void whenTheGuardDiesTheSecondServes() throws Exception {
    HeardMail mail = listen();

    kill(guards(alices).getFirst());
    Deposit deposit = deposit();

    assertThat(deposits(alice, deposit)).isEqualTo(ACCEPTED);
    assertThat(awaitEnvelope(mail, deposit).envelope()).isEqualTo(deposit.envelope());
  }

  @Test
  void whenAMemberOfTheSwarmDiesTheOthersServe() throws Exception {
    HeardMail mail = listen();
    Set<NodeKey> guards = Set.copyOf(guards(alices));
    NodeKey member =
        swarm().stream().filter(key -> !guards.contains(key)).findFirst().orElseThrow();

    kill(member);
    Deposit deposit = deposit();

    assertThat(deposits(alice, deposit)).isEqualTo(ACCEPTED);
    assertThat(awaitEnvelope(mail, deposit).envelope()).isEqualTo(deposit.envelope());
  }

  @Test
  void nodesThatComeBackWithOtherKeysAreUsedInTime() throws Exception {
    HeardMail mail = listen();
    Set<NodeKey> guards = Set.copyOf(guards(alices));

    for (int i = 0; i < OnionWorld.NODES; i++) {
      if (!guards.contains(network.addressOf(i).key())) {
        network.stopNode(i);
        network.startNode(i);
      }
    }
    Deposit deposit = deposit();
    Handoff first = deposits(alice, deposit);

    assertThat(first.equals(ACCEPTED) ? first : deposits(alice, deposit)).isEqualTo(ACCEPTED);
    assertThat(awaitEnvelope(mail, deposit).envelope()).isEqualTo(deposit.envelope());
  }

  @Test
  void whoComesBackNeedsNoEntryAndHasTheSameGuards() throws Exception {
    List<NodeKey> before = guards(alices);
    try (Carrier again = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK)) {
      NetworkAddress nowhere = new NetworkAddress("127.0.0.1", 1, network.authorities().id());
      again.enters(nowhere, alices);

      assertThat(deposits(again, deposit())).isEqualTo(ACCEPTED);
      assertThat(guards(alices)).isEqualTo(before);
    }
  }

  @Test
  void anEntryThatIsGoneIsFoundUnreachable() throws Exception {
    try (Carrier newcomer = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK)) {
      Heard<Reachability> heard = new Heard<>();
      newcomer.onReachability(heard);
      NetworkAddress nowhere = new NetworkAddress("127.0.0.1", 1, network.authorities().id());

      newcomer.enters(nowhere, new Notes());

      assertThat(heard.next())
          .isInstanceOf(Reachability.Lost.class)
          .returns(nowhere, Reachability::place);
    }
  }
}
