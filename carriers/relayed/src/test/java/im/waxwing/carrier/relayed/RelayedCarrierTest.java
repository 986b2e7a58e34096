package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.contract.Device;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.node.Limits;
import im.waxwing.node.NodeConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayedCarrierTest {
  private static final Answer<Done> DONE = new Answer.Given<>(new Done());
  private static final int FRAME_RECORD = 4096 + 1 + 16;

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Day today = Day.of(Clock.systemUTC().instant());

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

  private NodeWorld world() throws IOException {
    return closing(new NodeWorld(folder));
  }

  private Carrier carrier(Timing timing) {
    return closing(RelayedCarrier.start(Clock.systemUTC(), timing));
  }

  private static NodeAddress at(int port, NodeKey key) {
    return new NodeAddress("127.0.0.1", port, key);
  }

  private Heard<Reachability> reachabilityOf(Carrier carrier, NodeAddress node) {
    Heard<Reachability> heard = new Heard<>();
    carrier.onReachability(heard);
    OwnMailbox mailbox = mailboxAt(node);
    carrier.deposit(im.waxwing.model.Path.through(node), depositFor(mailbox, today), _ -> {});
    return heard;
  }

  @Test
  void aPathNamesEachNodeOnce() throws Exception {
    NodeWorld world = world();
    OwnMailbox mailbox = mailboxAt(world.node());
    im.waxwing.model.Path twice = im.waxwing.model.Path.through(world.node(), world.node());

    assertThatThrownBy(() -> world.carrier().deposit(twice, depositFor(mailbox, today), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each node once");
  }

  @Test
  void aMailboxKeyThatIsNoPointIsAMailboxNobodyHas() throws Exception {
    NodeWorld world = world();
    OwnMailbox mailbox =
        new OwnMailbox(
            new im.waxwing.model.MailboxTarget(
                world.node(),
                new im.waxwing.model.MailboxKey(ByteString.copyOf(new byte[32])),
                SecretBytes.generate(32)),
            SecretBytes.generate(32));

    assertThat(new Device(world).deposits(depositFor(mailbox, today)))
        .isEqualTo(new Handoff.Refused(Refusal.UNKNOWN_MAILBOX));
  }

  @Test
  void aFullMailboxSaysSo() throws Exception {
    NodeWorld world =
        closing(
            new NodeWorld(
                NodeConfig.in(folder)
                    .onThisMachine(0)
                    .withLimits(Limits.STANDARD.withEnvelopesPerMailbox(1))));
    Device device = new Device(world);
    OwnMailbox mailbox = mailboxAt(world.node());
    device.opens(mailbox, today);
    device.deposits(depositFor(mailbox, today));

    assertThat(device.deposits(depositFor(mailbox, today)))
        .isEqualTo(new Handoff.Refused(Refusal.FULL));
  }

  @Test
  void aNodesClockIsComparedWithOurs() throws Exception {
    NodeConfig config = NodeConfig.in(folder).onThisMachine(0);
    NodeWorld world = closing(new NodeWorld(config.withClockOffset(Duration.ofHours(25))));

    Reachability heard = reachabilityOf(world.carrier(), world.node()).next();

    assertThat(heard)
        .isInstanceOfSatisfying(
            Reachability.Reachable.class,
            reachable ->
                assertThat(reachable.ahead())
                    .isBetween(Duration.ofHours(24), Duration.ofHours(26)));
  }

  @Nested
  class Observed {
    @Test
    void everyRecordOnALinkHasOneLengthInBothDirections() throws Exception {
      NodeWorld world = world();
      TlsTap tap = closing(new TlsTap(world.node().port()));
      NodeAddress tapped = at(tap.port(), world.node().key());
      Carrier carrier = carrier(NodeWorld.QUICK);
      im.waxwing.model.Path path = im.waxwing.model.Path.through(tapped);
      OwnMailbox mailbox = mailboxAt(tapped);
      Heard<Answer<Done>> done = new Heard<>();
      carrier.open(path, mailbox, today, world.token(), done);
      assertThat(done.next()).isEqualTo(DONE);
      HeardMail mail = new HeardMail();
      var _ = carrier.subscribe(path, mailbox, today, mail);
      Heard<Handoff> handoffs = new Heard<>();
      for (int i = 0; i < 100; i++) {
        carrier.deposit(path, depositFor(mailbox, today), handoffs);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(handoffs.next()).isEqualTo(new Handoff.Accepted());
      }
      for (int i = 0; i < 64; i++) {
        carrier.delete(path, mailbox, today, List.of(mail.nextEnvelope().id()), done);
        assertThat(done.next()).isEqualTo(DONE);
      }
      carrier.takeDrawer(
          path, Fixtures.drawer(today).handle(), today, Fixtures.nonce(), _ -> done.accept(DONE));
      done.next();

      assertThat(tap.captures).hasSize(2);
      for (TlsTap.Capture capture : tap.captures) {
        assertThat(TlsTap.lengthsAfterHandshake(capture)).isNotEmpty().containsOnly(FRAME_RECORD);
        List<Integer> fromNode = TlsTap.encrypted(capture.fromNode);
        int handshake = fromNode.indexOf(FRAME_RECORD);
        assertThat(fromNode.subList(handshake, fromNode.size())).containsOnly(FRAME_RECORD);
        assertThat(handshake).as("records of the handshake").isLessThanOrEqualTo(4);
      }
    }

    @Test
    void depositsAndReadsUseSeparateLinks() throws Exception {
      NodeWorld world = world();
      TlsTap tap = closing(new TlsTap(world.node().port()));
      NodeAddress tapped = at(tap.port(), world.node().key());
      Carrier carrier = carrier(NodeWorld.QUICK);
      OwnMailbox mailbox = mailboxAt(tapped);
      Heard<Handoff> handoffs = new Heard<>();

      carrier.deposit(im.waxwing.model.Path.through(tapped), depositFor(mailbox, today), handoffs);
      handoffs.next();
      assertThat(tap.captures).hasSize(1);
      Heard<Answer<Done>> done = new Heard<>();
      carrier.open(im.waxwing.model.Path.through(tapped), mailbox, today, world.token(), done);
      done.next();

      assertThat(tap.captures).hasSize(2);
    }
  }

  @Nested
  class Impostors {
    @Test
    void anotherNodeThanThePinnedOneHearsNothing() throws Exception {
      NodeWorld world = world();
      TlsTap tap = closing(new TlsTap(world.node().port()));
      NodeAddress wrong = at(tap.port(), new NodeKey(Fixtures.random(32)));

      Reachability heard = reachabilityOf(carrier(NodeWorld.QUICK), wrong).next();

      assertThat(heard).isInstanceOf(Reachability.Impostor.class);
      assertThat(heard.place()).isEqualTo(wrong);
      assertThat(TlsTap.lengthsAfterHandshake(tap.captures.getFirst()))
          .doesNotContain(FRAME_RECORD);
    }

    @Test
    void whoSpeaksNoTlsIsNoNode() throws Exception {
      ServerSocket server = closing(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(() -> greet(server));
      NodeAddress node = at(server.getLocalPort(), new NodeKey(Fixtures.random(32)));

      assertThat(reachabilityOf(carrier(NodeWorld.QUICK), node).next())
          .isInstanceOf(Reachability.Impostor.class);
    }

    private static void greet(ServerSocket server) {
      try {
        while (true) {
          Socket socket = server.accept();
          OutputStream out = socket.getOutputStream();
          out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
      } catch (IOException _) {
        // Closed: the test is over.
      }
    }

    @Test
    void aNodeWithoutPostQuantumKeysIsRefused() throws Exception {
      FakeNode fake = closing(FakeNode.speaking(folder, "X25519", FakeNode.Habit.SILENT));

      assertThat(reachabilityOf(carrier(NodeWorld.QUICK), fake.address()).next())
          .isInstanceOf(Reachability.Impostor.class);
      assertThat(fake.framesReceived()).isZero();
    }

    @Test
    void aNodeThatSignsForAnotherLinkIsRefused() throws Exception {
      FakeNode fake =
          closing(
              FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.SIGNS_FOR_ANOTHER_LINK));

      assertThat(reachabilityOf(carrier(NodeWorld.QUICK), fake.address()).next())
          .isInstanceOf(Reachability.Impostor.class);
      assertThat(fake.framesReceived()).isZero();
    }
  }

  @Nested
  class BadNodes {
    private final Timing impatient =
        new Timing(
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(20));

    private Handoff depositAt(FakeNode fake) throws InterruptedException {
      Heard<Handoff> heard = new Heard<>();
      Deposit deposit = depositFor(mailboxAt(fake.address()), today);
      carrier(impatient).deposit(im.waxwing.model.Path.through(fake.address()), deposit, heard);
      return heard.next();
    }

    @Test
    void aSilentNodeIsUnreachableInTheEnd() throws Exception {
      FakeNode fake = closing(FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.SILENT));

      assertThat(depositAt(fake)).isEqualTo(new Handoff.Unreachable());
      assertThat(fake.framesReceived()).isPositive();
    }

    @Test
    void garbageIsNoAnswer() throws Exception {
      FakeNode fake = closing(FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.GARBAGE));

      assertThat(depositAt(fake)).isEqualTo(new Handoff.Unreachable());
    }

    @Test
    void answersToWhatWasNotAskedAreIgnored() throws Exception {
      FakeNode fake =
          closing(FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.ANSWERS_OTHERS_FIRST));

      assertThat(depositAt(fake)).isEqualTo(new Handoff.Accepted());
    }

    @Test
    void anAnswerWithoutSenseIsNone() throws Exception {
      FakeNode fake =
          closing(FakeNode.speaking(folder, "X25519MLKEM768", FakeNode.Habit.ANSWERS_OTHERS_FIRST));
      Heard<Answer<im.waxwing.carrier.Fetched>> heard = new Heard<>();
      carrier(impatient)
          .fetch(
              im.waxwing.model.Path.through(fake.address()),
              mailboxAt(fake.address()),
              today,
              0,
              heard);

      assertThat(heard.next()).isEqualTo(new Answer.Unreachable<>());
    }
  }
}
