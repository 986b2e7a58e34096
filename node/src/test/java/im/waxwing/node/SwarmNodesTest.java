package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.Receipts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A swarm of whole nodes, which speak by peer links of their own.
class SwarmNodesTest {
  @TempDir Path folder;
  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final ByteString network = Mailboxes.random(32);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private FixedPlacement placement;
  private OwnMailboxDay bob;
  private MailboxDay alice;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < 6; i++) {
      nodes.add(Node.start(NodeConfig.in(folder.resolve("node" + i)).onThisMachine(0), clock));
    }
    List<NodeAddress> addresses = nodes.stream().map(node -> node.address().node()).toList();
    List<NodeKey> first = addresses.stream().limit(5).map(NodeAddress::key).toList();
    placement = new FixedPlacement(network, addresses, first);
    for (Node node : nodes) {
      node.join(placement);
    }
    Mailboxes mailboxes = Mailboxes.in(network);
    bob = mailboxes.bob(today());
    alice = mailboxes.alice(today());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    nodes.forEach(Node::close);
  }

  private Day today() {
    return Day.of(clock.instant());
  }

  private RawLink link(int node) throws Exception {
    RawLink link = RawLink.to(nodes.get(node));
    open.add(link);
    return link;
  }

  private RawLink bobOpens() throws Exception {
    RawLink link = link(0);
    var token = placement.admission().earn(bob.owner(), bob.id().bytes());
    assertThat(link.ask(1, bob.open(token)).code()).isEqualTo(AnswerCode.OK);
    return link;
  }

  private boolean proves(Frame.Answer answer, Request.Deposit deposit) throws Exception {
    Kept kept = Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), today());
    return answer.code() == AnswerCode.OK
        && Receipts.decode(answer.body())
            .prove(kept, placement.members(network, today()), Receipts.QUORUM);
  }

  private static List<EnvelopeId> fetched(RawLink link, OwnMailboxDay mailbox) throws Exception {
    List<EnvelopeId> ids = new ArrayList<>();
    long after = 0;
    boolean more = true;
    for (long number = 1_000_000 + System.nanoTime() % 1_000_000; more; number++) {
      Frame.Answer answer = link.ask(number, mailbox.fetch(after));
      if (answer.code() != AnswerCode.OK) {
        return ids;
      }
      FetchedPage page = FetchedPage.decode(answer.body());
      for (Held held : page.held()) {
        ids.add(held.id());
        after = held.sequence();
      }
      more = page.more();
    }
    return ids;
  }

  private static void await(SwarmWorld.Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aDepositIsProvedByThreeAndReadFromAny() throws Exception {
    RawLink link = bobOpens();
    Request.Deposit deposit = alice.deposit(Mailboxes.id(), Mailboxes.envelope());

    assertThat(proves(link.ask(2, deposit), deposit)).isTrue();

    for (int i = 0; i < 5; i++) {
      RawLink reading = link(i);
      await(() -> fetched(reading, bob).equals(List.of(deposit.id())));
    }
  }

  @Test
  void aMemberPushesWhatAnotherCoordinated() throws Exception {
    bobOpens();
    RawLink reading = link(1);
    await(() -> reading.ask(System.nanoTime(), bob.fetch(0)).code() == AnswerCode.OK);
    assertThat(reading.ask(5, bob.subscribe()).code()).isEqualTo(AnswerCode.OK);
    assertThat(reading.next()).isInstanceOf(Frame.CaughtUp.class);
    Request.Deposit deposit = alice.deposit(Mailboxes.id(), Mailboxes.envelope());

    RawLink writing = link(0);
    assertThat(proves(writing.ask(4, deposit), deposit)).isTrue();

    assertThat(reading.next())
        .isInstanceOfSatisfying(
            Frame.Push.class, push -> assertThat(push.held().id()).isEqualTo(deposit.id()));
  }

  @Test
  void aDeletionReachesAllAndANewMemberFetchesTheRest() throws Exception {
    RawLink link = bobOpens();
    Request.Deposit gone = alice.deposit(Mailboxes.id(), Mailboxes.envelope());
    Request.Deposit stays = alice.deposit(Mailboxes.id(), Mailboxes.envelope());
    assertThat(proves(link.ask(2, gone), gone)).isTrue();
    assertThat(proves(link.ask(3, stays), stays)).isTrue();
    assertThat(link.ask(4, bob.delete(List.of(gone.id()))).code()).isEqualTo(AnswerCode.OK);
    for (int i = 0; i < 5; i++) {
      RawLink reading = link(i);
      await(() -> fetched(reading, bob).equals(List.of(stays.id())));
    }

    List<NodeKey> members = new ArrayList<>(placement.members(network, today()));
    members.set(0, nodes.get(5).address().node().key());
    placement.change(members);
    nodes.get(5).placementChanged();
    nodes.get(5).tick();

    RawLink reading = link(5);
    await(() -> fetched(reading, bob).equals(List.of(stays.id())));
  }

  @Test
  void inspectTellsWhatASwarmLeavesOnAMembersDisk() throws Exception {
    RawLink link = bobOpens();
    EnvelopeId id = Mailboxes.id();
    assertThat(link.ask(2, bob.delete(List.of(id))).code()).isEqualTo(AnswerCode.OK);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NodeInspect.run(
        List.of("--data", folder.resolve("node0").toString()),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("swarms", "tombstones", id.bytes().hex(), bob.id().bytes().hex());
  }
}
