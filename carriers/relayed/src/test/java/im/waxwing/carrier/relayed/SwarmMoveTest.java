package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.consensus.Consensus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A subscription goes where the consensus says that the mailbox is.
class SwarmMoveTest {
  @TempDir Path folder;
  private final Day today = Day.of(Clock.systemUTC().instant());
  private final HeardMail mail = new HeardMail();
  private final Heard<NodeKey> subscribed = new Heard<>();
  private final Map<NodeKey, FakeNetwork.Asked> last = new ConcurrentHashMap<>();
  private FakeNetwork network;
  private Carrier bob;
  private OwnMailbox mailbox;

  @BeforeEach
  void subscribe() throws Exception {
    network = new FakeNetwork(folder, FakeNetwork.FAST, this::asked);
    network.show(network.signed(network.consensus(network.epoch() - 1), 3));
    mailbox = mailboxAt(network.address());
    bob = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK);
    bob.enters(network.address(), new Notes());
    var _ = bob.subscribe(path(), mailbox, today, mail);
  }

  @AfterEach
  void close() throws Exception {
    bob.close();
    network.close();
  }

  private im.waxwing.model.Path path() {
    return im.waxwing.model.Path.into(network.address());
  }

  private void asked(FakeNetwork.Asked asked) throws MalformedException {
    if (asked.request.request() instanceof Request.Subscribe) {
      boolean first = last.put(asked.member, asked) == null;
      asked.answer(AnswerCode.OK, ByteString.EMPTY);
      if (first) {
        subscribed.accept(asked.member);
      }
    } else {
      asked.answer(AnswerCode.NOT_ALLOWED, ByteString.EMPTY);
    }
  }

  private Set<NodeKey> threeSubscribed() throws InterruptedException {
    Set<NodeKey> three = new HashSet<>();
    while (three.size() < 3) {
      three.add(subscribed.next());
    }
    return three;
  }

  private Set<NodeKey> swarm() throws MalformedException {
    return new HashSet<>(network.swarm(MailboxDay.of(mailbox.target(), today)));
  }

  private void push(NodeKey member, int block, Held held) throws MalformedException {
    FakeNetwork.Asked by = Objects.requireNonNull(last.get(member));
    by.say(block, new Frame.Push(by.request.number(), held));
  }

  private static Held held() {
    return new Held(1, new EnvelopeId(Fixtures.random(EnvelopeId.SIZE)), Fixtures.envelope());
  }

  @Test
  void threeMembersAreListenedTo() throws Exception {
    assertThat(swarm()).containsAll(threeSubscribed());
  }

  @Test
  void whatSeveralMembersPushIsToldOnce() throws Exception {
    Held twice = held();
    Held then = held();
    for (NodeKey member : threeSubscribed()) {
      push(member, 1, twice);
    }
    push(last.keySet().iterator().next(), 2, new Held(2, then.id(), then.envelope()));

    assertThat(mail.nextEnvelope().id()).isEqualTo(twice.id());
    assertThat(mail.nextEnvelope().id()).isEqualTo(then.id());
  }

  @Test
  void allIsToldWhenThreeMembersHaveToldAll() throws Exception {
    for (NodeKey member : threeSubscribed()) {
      assertThat(mail.calls.isEmpty()).isTrue();
      FakeNetwork.Asked by = Objects.requireNonNull(last.get(member));
      by.say(1, new Frame.CaughtUp(by.request.number()));
    }

    assertThat(mail.calls.next()).isEqualTo(new HeardMail.Call.CaughtUp());
  }

  @Test
  void aNewConsensusMovesTheSubscription() throws Exception {
    Set<NodeKey> before = threeSubscribed();
    Consensus former = network.shown().consensus();
    network.show(network.signed(network.consensus(network.epoch(), former.hash()), 3));
    Set<NodeKey> after = swarm();

    bob.deposit(path(), depositFor(mailbox, today), _ -> {});
    Set<NodeKey> listening = new HashSet<>(before);
    listening.retainAll(after);
    while (listening.size() < 3) {
      NodeKey member = subscribed.next();
      assertThat(after).contains(member);
      listening.add(member);
    }

    Held held = held();
    push(listening.iterator().next(), 1, held);
    assertThat(mail.nextEnvelope().id()).isEqualTo(held.id());
  }
}
