package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.node.testing.OnionNetwork;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.OnionPath;
import im.waxwing.protocol.consensus.OnionPaths;
import im.waxwing.protocol.consensus.Placement;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.Receipts;
import im.waxwing.protocol.swarm.SwarmAdmission;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nine nodes and three authorities, over real links.
class NetworkMemberTest {
  private static final int NODES = 9;
  private static final ByteString NONE = Frame.AskDocument.NONE;

  @TempDir static Path folder;
  private static OnionNetwork network;

  @BeforeAll
  static void start() throws Exception {
    network = OnionNetwork.start(folder, NODES);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  void aRestartedRelayIsKnownToAllWithoutWaitingForAnEpoch() throws Exception {
    List<NodeInfo> before = network.knownTo(network.addressOf(0));
    NodeKey restarted = network.addressOf(4).key();

    network.stopNode(4);
    network.startNode(4);
    network.awaitAcquainted();

    assertThat(before).hasSize(NODES);
    assertThat(keysOf(restarted, network.knownTo(network.addressOf(0))))
        .isNotEqualTo(keysOf(restarted, before));
  }

  private static List<ByteString> keysOf(NodeKey node, List<NodeInfo> infos) {
    return infos.stream()
        .filter(info -> info.nodeKey().equals(node))
        .map(NodeInfo::packetKeys)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nodesAndAuthoritiesHandOutTheNetworksDocuments() throws Exception {
    AuthoritySet set = network.authorities();
    Vertx vertx = Vertx.vertx();
    try (DocumentLink node = DocumentLink.open(vertx, network.addressOf(1));
        DocumentLink authority = DocumentLink.open(vertx, set.authorities().getFirst().address())) {
      for (DocumentLink link : List.of(node, authority)) {
        ByteString file = link.ask(DocumentKind.NETWORK, 0, set.id().bytes(), NONE).orElseThrow();
        String text = new String(file.toByteArray(), StandardCharsets.US_ASCII);
        assertThat(AuthoritySet.parse(text).id()).isEqualTo(set.id());
        assertThat(link.ask(DocumentKind.NETWORK, 0, NONE, NONE)).isEmpty();

        ByteString signed = link.ask(DocumentKind.CONSENSUS, 0, NONE, NONE).orElseThrow();
        Consensus consensus = SignedConsensus.decode(signed).consensus();
        assertThat(consensus.entries()).hasSize(NODES);
        assertThat(link.ask(DocumentKind.CONSENSUS, 0, consensus.hash(), NONE)).contains(signed);
      }
      ByteString known = Roll.hash(node.ask(DocumentKind.NODE_INFOS, 0, NONE, NONE).orElseThrow());
      assertThat(node.ask(DocumentKind.NODE_INFOS, 0, NONE, known)).contains(ByteString.EMPTY);
    } finally {
      var _ = vertx.close();
    }
  }

  @Test
  void aRequestPassesThreeRelaysToItsSwarmAndThreeMembersProveThatTheyHaveIt() throws Exception {
    Day today = Day.of(Clock.systemUTC().instant());
    Mailboxes mailboxes = Mailboxes.at(network.address());
    OwnMailboxDay bob = mailboxes.bob(today);
    MailboxDay alice = mailboxes.alice(today);
    Consensus consensus = network.consensus().orElseThrow();
    List<Entry> swarm = Placement.swarm(consensus, bob.id().bytes(), today);
    Entry guard = consensus.layer(1).getFirst();
    List<NodeInfo> path = path(consensus, guard, swarm);

    try (Traveller traveller = new Traveller(nodeOf(guard))) {
      traveller.delay(50);
      SwarmAdmission admission =
          new SwarmAdmission(
              consensus.network().bytes(), consensus.parameters().admissionZeroBits());
      long began = System.nanoTime();
      Frame.Answer opened =
          traveller.ask(path, bob.open(admission.earn(bob.owner(), bob.id().bytes())));
      assertThat(opened.code()).isEqualTo(AnswerCode.OK);
      // Three nodes pass it on, and three the answer.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(249));

      Request.Deposit deposit = alice.deposit(Mailboxes.id(), Mailboxes.envelope());
      Frame.Answer answer = traveller.ask(path, deposit);
      assertThat(answer.code()).isEqualTo(AnswerCode.OK);
      Kept kept =
          Kept.of(
              consensus.network().bytes(),
              deposit.mailbox(),
              deposit.id(),
              deposit.envelope(),
              today);
      List<NodeKey> members = swarm.stream().map(Entry::key).toList();
      assertThat(Receipts.decode(answer.body()).prove(kept, members, Receipts.QUORUM)).isTrue();
    }
  }

  private static List<NodeInfo> path(Consensus consensus, Entry guard, List<Entry> swarm) {
    OnionPath path =
        new OnionPaths(consensus, new SecureRandom()).choose(guard, swarm, Set.of()).orElseThrow();
    List<NodeInfo> infos = network.knownTo(guard.address());
    return path.hops().stream()
        .map(
            hop ->
                infos.stream()
                    .filter(info -> info.nodeKey().equals(hop.key()))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private static Node nodeOf(Entry entry) {
    for (int i = 0; i < NODES; i++) {
      if (network.addressOf(i).equals(entry.address())) {
        return network.node(i);
      }
    }
    throw new AssertionError("no such node");
  }

  @Test
  void aNodeThatStartsWhileNoAuthorityAnswersKnowsItsNetwork() throws Exception {
    for (int i = 0; i < 3; i++) {
      network.stopAuthority(i);
    }
    network.stopNode(2);
    network.startNode(2);

    assertThat(network.node(2).consensus()).isPresent();
    network.awaitAcquainted();

    for (int i = 0; i < 3; i++) {
      network.startAuthority(i);
    }
    network.awaitListed();
  }

  @Test
  void aLinkThatAsksTooMuchIsToldThatThereIsNothing() throws Exception {
    Frame.AskDocument question =
        new Frame.AskDocument(7, DocumentKind.NETWORK, 0, network.authorities().id().bytes(), NONE);
    try (RawLink link = RawLink.to(network.node(3))) {
      boolean refused = false;
      // An epoch may begin in between.
      for (int asked = 0; asked < 41 && !refused; asked++) {
        link.send(question);
        refused = ((Frame.DocumentPart) link.next()).count() == 0;
        assertThat(refused && asked < 20).isFalse();
      }
      assertThat(refused).isTrue();
    }
  }
}
