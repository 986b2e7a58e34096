package im.waxwing.node;

import static im.waxwing.node.Mailboxes.envelope;
import static im.waxwing.node.Mailboxes.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packets past real nodes on this machine.
class RelayTest {
  @TempDir Path folder;
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  private Day today() {
    return Day.of(nodes.clock().instant());
  }

  private Node node(String name) throws Exception {
    return nodes.start(folder.resolve(name));
  }

  private Traveller at(Node home) throws Exception {
    return nodes.closing(new Traveller(home));
  }

  private static OwnMailboxDay bobOpens(Traveller bob, List<NodeInfo> path, Node end, Day day)
      throws Exception {
    OwnMailboxDay own = Mailboxes.at(end.address().node()).bob(day);
    assertThat(bob.ask(path, own.open(end.address().token())).code()).isEqualTo(AnswerCode.OK);
    return own;
  }

  @Test
  void aRequestPassesTwoNodesAndItsAnswerComesByReplyBlock() throws Exception {
    Node a = node("a");
    Node b = node("b");
    Mailboxes mailboxes = Mailboxes.at(b.address().node());
    Traveller alice = at(a);
    List<NodeInfo> path = alice.pathTo(b);
    OwnMailboxDay bob = mailboxes.bob(today());
    EnvelopeId id = id();

    assertThat(alice.ask(path, bob.open(b.address().token())).code()).isEqualTo(AnswerCode.OK);
    assertThat(alice.ask(path, mailboxes.alice(today()).deposit(id, envelope())).code())
        .isEqualTo(AnswerCode.OK);
    Frame.Answer fetched = alice.ask(path, bob.fetch(0));

    assertThat(FetchedPage.decode(fetched.body()).held().getFirst().id()).isEqualTo(id);
    assertThat(a.counters().relayed.sum()).isEqualTo(3);
  }

  @Test
  void aRequestPassesFourNodes() throws Exception {
    List<Node> all = List.of(node("a"), node("b"), node("c"), node("d"));
    nodes.introduce(all);
    Traveller alice = at(all.getFirst());
    List<NodeInfo> path = nodes.infos(all);

    OwnMailboxDay bob = bobOpens(alice, path, all.getLast(), today());

    assertThat(alice.ask(path, bob.fetch(0)).code()).isEqualTo(AnswerCode.OK);
    assertThat(all.get(1).counters().relayed.sum()).isEqualTo(4);
  }

  @Nested
  class Pushes {
    private Node b;
    private Traveller bob;
    private List<NodeInfo> path;
    private Mailboxes mailboxes;

    @BeforeEach
    void bobHasAMailboxBehindAnotherNode() throws Exception {
      b = node("b");
      bob = at(node("a"));
      path = bob.pathTo(b);
      mailboxes = Mailboxes.at(b.address().node());
      assertThat(bob.ask(path, own().open(b.address().token())).code()).isEqualTo(AnswerCode.OK);
    }

    private OwnMailboxDay own() {
      return mailboxes.bob(today());
    }

    private EnvelopeId aliceDeposits() throws Exception {
      EnvelopeId id = id();
      try (RawLink alice = RawLink.to(b)) {
        assertThat(alice.ask(1, mailboxes.alice(today()).deposit(id, envelope())).code())
            .isEqualTo(AnswerCode.OK);
      }
      return id;
    }

    private void subscribe(long number, int blocks) {
      bob.send(path, new NumberedRequest(bob.blocks(blocks, path), number, own().subscribe()));
    }

    private void assertPushed(long number, EnvelopeId id) throws Exception {
      Frame.Push push = (Frame.Push) bob.next();
      assertThat(push.subscription()).isEqualTo(number);
      assertThat(push.held().id()).isEqualTo(id);
    }

    private void assertAnswered(long number, AnswerCode code) throws Exception {
      assertThat(bob.next()).isEqualTo(new Frame.Answer(number, code, ByteString.EMPTY));
    }

    @Test
    void eachLeavesByABlockOfTheStock() throws Exception {
      EnvelopeId early = aliceDeposits();
      long number = bob.number();

      subscribe(number, 4);

      assertAnswered(number, AnswerCode.OK);
      assertPushed(number, early);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(number));
      assertPushed(number, aliceDeposits());
    }

    @Test
    void anEmptyStockWaitsUntilItIsFilledUp() throws Exception {
      long number = bob.number();
      subscribe(number, 2);
      assertAnswered(number, AnswerCode.OK);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(number));
      EnvelopeId late = aliceDeposits();
      bob.hearsNothing();

      subscribe(number, 3);

      assertAnswered(number, AnswerCode.OK);
      assertPushed(number, late);
      assertPushed(number, aliceDeposits());
    }

    @Test
    void anotherNumberBeginsAnew() throws Exception {
      EnvelopeId id = aliceDeposits();
      long first = bob.number();
      subscribe(first, 5);
      assertAnswered(first, AnswerCode.OK);
      assertPushed(first, id);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(first));

      long second = bob.number();
      subscribe(second, 5);

      assertAnswered(second, AnswerCode.OK);
      assertPushed(second, id);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(second));
      assertPushed(second, aliceDeposits());
    }

    @Test
    void aNumberStandsForOneMailbox() throws Exception {
      long number = bob.number();
      subscribe(number, 2);
      assertAnswered(number, AnswerCode.OK);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(number));
      OwnMailboxDay tomorrow = mailboxes.bob(today().plus(1));
      assertThat(bob.ask(path, tomorrow.open(b.address().token())).code()).isEqualTo(AnswerCode.OK);

      bob.send(path, new NumberedRequest(bob.blocks(2, path), number, tomorrow.subscribe()));

      assertAnswered(number, AnswerCode.CONFLICT);
    }

    @Test
    void whoKnowsTheNumberEndsIt() throws Exception {
      long number = bob.number();
      subscribe(number, 5);
      assertAnswered(number, AnswerCode.OK);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(number));

      assertThat(bob.ask(path, new Request.Unsubscribe(number)).code()).isEqualTo(AnswerCode.OK);
      aliceDeposits();

      assertThat(bob.ask(path, own().fetch(0)).code()).isEqualTo(AnswerCode.OK);
      bob.hearsNothing();
    }

    @Test
    void blocksOfAnEpochLongOverAreNotUsed() throws Exception {
      long number = bob.number();
      subscribe(number, 5);
      assertAnswered(number, AnswerCode.OK);
      assertThat(bob.next()).isEqualTo(new Frame.CaughtUp(number));
      long relayed = b.counters().relayed.sum();

      nodes.clock().move(Duration.ofHours(2));
      nodes.tick();
      aliceDeposits();

      assertThat(b.counters().relayed.sum()).isEqualTo(relayed);
      assertThat(b.counters().dropped.sum()).isZero();
    }
  }

  @Nested
  class Trouble {
    @Test
    void aNodeInTheMiddleThatStartedAgainIsHealedByReach() throws Exception {
      Node a = node("a");
      Node b = node("b");
      Node c = node("c");
      nodes.introduce(List.of(a, b, c));
      Traveller alice = at(a);
      List<NodeInfo> before = nodes.infos(List.of(a, b, c));
      OwnMailboxDay bob = bobOpens(alice, before, c, today());

      Node again = nodes.restart(b, folder.resolve("b"));
      nodes.introduce(List.of(a, again, c));
      alice.send(before, new NumberedRequest(alice.blocks(1, before), 7, bob.fetch(0)));
      List<NodeInfo> after = nodes.infos(List.of(a, again, c));
      Frame.Answer answer = alice.ask(after, bob.fetch(0));

      assertThat(answer.code()).isEqualTo(AnswerCode.OK);
      assertThat(again.counters().malformed.sum()).isEqualTo(1);
      alice.hearsNothing();
    }

    @Test
    void aPacketForANodeThatIsCutOffWaitsUntilTheNetworkIsBack() throws Exception {
      Node a = node("a");
      Node b = node("b");
      Cable cable = nodes.closing(new Cable(b.address().node().port()));
      Traveller alice = at(a);
      NodeAddress byCable = new NodeAddress("127.0.0.1", cable.port(), b.address().node().key());
      NodeInfo info = NodeInfo.decode(alice.reach(byCable).body());
      List<NodeInfo> path = List.of(alice.link().info(), info);
      OwnMailboxDay bob = bobOpens(alice, path, b, today());

      cable.cut();
      assertThat(alice.reach(byCable).code()).isEqualTo(AnswerCode.UNREACHABLE_NODE);
      alice.send(path, new NumberedRequest(alice.blocks(1, path), 7, bob.fetch(0)));
      alice.hearsNothing();
      cable.mend();

      assertThat(((Frame.Answer) alice.next()).number()).isEqualTo(7);
    }

    @Test
    void anImpostorInTheOthersPlaceIsUnreachable() throws Exception {
      Node a = node("a");
      Node other = node("b");
      NodeAddress lie =
          new NodeAddress(
              "127.0.0.1",
              other.address().node().port(),
              new NodeKey(Mailboxes.random(NodeKey.SIZE)));

      assertThat(at(a).reach(lie).code()).isEqualTo(AnswerCode.UNREACHABLE_NODE);
      assertThat(other.counters().malformed.sum()).isZero();
    }

    @Test
    void onlyPeopleOfANodeMayMakeItDial() throws Exception {
      Node b = node("b");
      RawLink stranger = at(node("a")).link();
      AdmissionToken guessed = new AdmissionToken(SecretBytes.generate(AdmissionToken.SIZE));

      Frame.Answer answer = stranger.ask(1, new Request.Reach(b.address().node(), guessed));

      assertThat(answer.code()).isEqualTo(AnswerCode.NOT_ADMITTED);
      assertThat(b.counters().links.sum()).isZero();
    }
  }

  /// What Mallory's node sees and does that Alice's node has a link to.
  @Nested
  class BesideMallory {
    private Node a;
    private Traveller alice;
    private Mallory mallory;
    private List<NodeInfo> path;

    @BeforeEach
    void aHasALinkToMallory() throws Exception {
      a = node("a");
      alice = at(a);
      mallory = nodes.closing(new Mallory(a, nodes.clock().instant())).greets();
      path = List.of(alice.link().info(), mallory.info());
    }

    private NumberedRequest request() {
      OwnMailboxDay bob = Mailboxes.at(mallory.address()).bob(today());
      return new NumberedRequest(alice.blocks(1, path), alice.number(), bob.fetch(0));
    }

    /// Answers what came, as the node that Mallory pretends to be.
    private ByteString answer(ByteString packet) throws Exception {
      var unwrapped =
          (Unwrapped.Deliver)
              new PacketUnwrapper(Geometry.STANDARD)
                  .unwrap(mallory.packetKey(), packet.toByteArray());
      NumberedRequest asked = NumberedRequest.decode(unwrapped.payload().toByteArray());
      Frame.Answer answer = new Frame.Answer(asked.number(), AnswerCode.OK, ByteString.EMPTY);
      return new PacketWrapper(Geometry.STANDARD)
          .reply(asked.blocks().getFirst(), answer.encodeReply())
          .packet();
    }

    private static Set<ByteString> eights(ByteString bytes) {
      Set<ByteString> eights = new HashSet<>();
      for (int i = 0; i + 8 <= bytes.size(); i++) {
        eights.add(bytes.slice(i, i + 8));
      }
      return eights;
    }

    @Test
    void noEightBytesAreTheSameBeforeAndBehindARelay() throws Exception {
      for (int i = 0; i < 20; i++) {
        ByteString in = alice.wrap(path, request());
        alice.link().send(new Frame.Packet(in));
        ByteString out = mallory.nextPacket();
        assertThat(Collections.disjoint(eights(in), eights(out))).isTrue();

        ByteString back = answer(out);
        mallory.link().send(new Frame.Packet(back));
        Frame.Reply reply = (Frame.Reply) alice.link().next();
        assertThat(Collections.disjoint(eights(back), eights(reply.sealed()))).isTrue();
      }
    }

    @Test
    void aRepeatedPacketDiesAtTheRelayInSilence() throws Exception {
      NumberedRequest request = request();
      ByteString packet = alice.wrap(path, request);
      alice.link().send(new Frame.Packet(packet));
      ByteString out = mallory.nextPacket();

      alice.link().send(new Frame.Packet(packet));
      alice.link().send(new Frame.Packet(alice.wrap(path, request())));
      assertThat(mallory.nextPacket()).isNotEqualTo(out);
      ByteString back = answer(out);
      mallory.link().send(new Frame.Packet(back));
      mallory.link().send(new Frame.Packet(back));
      mallory.link().roundTrip();

      assertThat(((Frame.Answer) alice.next()).number()).isEqualTo(request.number());
      alice.hearsNothing();
      assertThat(a.counters().replayed.sum()).isEqualTo(2);
    }

    /// Of every changed packet either nothing comes, or, where only the payload was changed, what
    /// comes is garbage for whoever gets it.
    @Test
    void changedBitsDieInSilenceInBothDirections() throws Exception {
      Random random = new Random(8_476);
      for (int i = 0; i < 60; i++) {
        int bit = random.nextInt(8 * Frame.BODY_SIZE);
        alice.link().send(new Frame.Packet(flipped(alice.wrap(path, request()), bit)));
        ByteString good = alice.wrap(path, request());
        alice.link().send(new Frame.Packet(good));
        ByteString out = mallory.nextPacket();
        if (isGarbage(out)) {
          assertThat(bit).as("a bit of the payload").isGreaterThanOrEqualTo(8 * 476);
          out = mallory.nextPacket();
        }
        ByteString back = answer(out);
        mallory.link().send(new Frame.Packet(flipped(back, bit)));
        mallory.link().roundTrip();
        if (bit >= 8 * 476) {
          assertThatThrownBy(alice::next).isInstanceOf(MalformedException.class);
        }
        alice.hearsNothing();
        renewAlice(i);
      }
    }

    /// A link bears some nonsense in an epoch, not all of this.
    private void renewAlice(int i) throws Exception {
      if (i % 20 == 19) {
        alice.close();
        alice = at(a);
      }
    }

    private boolean isGarbage(ByteString packet) {
      try {
        answer(packet);
        return false;
      } catch (Exception e) {
        assertThat(e).isInstanceOf(MalformedException.class);
        return true;
      }
    }

    private static ByteString flipped(ByteString packet, int bit) {
      byte[] bytes = packet.toByteArray();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      return ByteString.copyOf(bytes);
    }

    @Test
    void aRequestWithoutReplyBlockIsNotAnswered() throws Exception {
      NumberedRequest bare = new NumberedRequest(7, request().request());
      ByteString packet = alice.wrap(List.of(alice.link().info()), bare);

      mallory.link().send(new Frame.Packet(packet));
      mallory.link().roundTrip();

      assertThat(mallory.link().hasNothing()).isTrue();
      assertThat(a.counters().malformed.sum()).isEqualTo(1);
    }

    @Test
    void packetsThatAreNoneDoNotEndALinkBetweenNodes() throws Exception {
      for (int i = 0; i < 2 * Limits.STANDARD.malformedPerLink(); i++) {
        mallory.link().send(new Frame.Packet(Mailboxes.random(Frame.BODY_SIZE)));
      }

      mallory.link().roundTrip();
      assertThat(a.counters().malformed.sum()).isEqualTo(2L * Limits.STANDARD.malformedPerLink());
    }

    @Test
    void framesThatAreNoneDo() throws Exception {
      for (int i = 0; i <= Limits.STANDARD.malformedPerLink(); i++) {
        mallory.link().send(Mailboxes.random(Frame.SIZE).toByteArray());
      }

      mallory.link().awaitClosed();
    }

    @Test
    void aPacketForANodeThatNobodyKnowsIsDropped() throws Exception {
      Mallory unknown = nodes.closing(new Mallory(a, nodes.clock().instant()));
      List<NodeInfo> nowhere = List.of(alice.link().info(), unknown.info());

      alice.send(nowhere, new NumberedRequest(alice.blocks(1, nowhere), 7, request().request()));
      alice.hearsNothing();

      assertThat(a.counters().dropped.sum()).isEqualTo(1);
    }
  }

  @Nested
  class Floods {
    @Test
    void aLinkFillsOnlyItsShareOfWhatWaitsForANode() throws Exception {
      RelayLimits few = new RelayLimits(10, 10, 8, 5, 100, 10, 2, 100);
      Node a =
          nodes.start(
              NodeConfig.in(folder.resolve("a"))
                  .onThisMachine(0)
                  .withLimits(Limits.STANDARD.withRelaying(few)));
      Mallory gone = nodes.closing(new Mallory(a, nodes.clock().instant())).greets();
      Traveller alice = at(a);
      Traveller carol = at(a);
      List<NodeInfo> path = List.of(alice.link().info(), gone.info());
      OwnMailboxDay mailbox = Mailboxes.at(gone.address()).bob(today());
      gone.link().close();
      assertThat(alice.reach(gone.address()).code()).isEqualTo(AnswerCode.UNREACHABLE_NODE);

      for (Traveller sender : List.of(alice, carol)) {
        for (int i = 0; i < 10; i++) {
          sender.send(path, new NumberedRequest(sender.number(), mailbox.fetch(0)));
        }
        sender.hearsNothing();
      }

      assertThat(a.counters().dropped.sum()).as("20 less 5 of Alice's, 3 of Carol's").isEqualTo(12);
      nodes.clock().move(Duration.ofHours(2));
      nodes.tick();
      assertThat(a.counters().dropped.sum()).as("none is kept for longer").isEqualTo(20);
    }

    @Test
    void aLinkStandsForFewRecipients() throws Exception {
      Node a = node("a");
      RawLink link = nodes.closing(RawLink.to(a));
      for (int i = 0; i < 10; i++) {
        link.send(new Frame.Attach(new RecipientId(Mailboxes.random(32))));
      }
      link.send(new Frame.Attach(RecipientId.NODE));
      link.roundTrip();

      assertThat(a.counters().malformed.sum()).isEqualTo(3);
    }
  }
}
