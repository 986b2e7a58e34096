package im.waxwing.node;

import static im.waxwing.node.Mailboxes.envelope;
import static im.waxwing.node.Mailboxes.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.Signature;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
  @TempDir Path folder;
  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final List<AutoCloseable> open = new ArrayList<>();
  private Node node;
  private Mailboxes mailboxes;

  @BeforeEach
  void startNode() throws Exception {
    start(Limits.STANDARD);
  }

  private void start(Limits limits) throws Exception {
    node = Node.start(NodeConfig.in(folder).onThisMachine(0).withLimits(limits), clock);
    open.add(node);
    mailboxes = Mailboxes.at(node.address().node());
  }

  private void restart(Limits limits) throws Exception {
    closeAll();
    start(limits);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    open.clear();
  }

  private RawLink link() throws Exception {
    RawLink link = RawLink.to(node);
    open.add(link);
    return link;
  }

  private Day today() {
    return Day.of(clock.instant());
  }

  private OwnMailboxDay bobOpens(RawLink link, long number) throws InterruptedException {
    OwnMailboxDay bob = mailboxes.bob(today());
    assertThat(link.ask(number, bob.open(node.address().token())).code()).isEqualTo(AnswerCode.OK);
    return bob;
  }

  @Nested
  class Links {
    @Test
    void aLinkIsPostQuantum() throws Exception {
      assertThat(link().negotiatedGroup()).isEqualTo("X25519MLKEM768");
    }

    @Test
    void aDeviceWithoutPostQuantumKeysIsRefused() {
      assertThatThrownBy(() -> RawLink.offering("X25519", node))
          .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void theNodeSpeaksFirstAndSignsForItsLink() throws Exception {
      NodeInfo info = link().info();

      assertThat(info.isFrom(node.address().node().key(), info.linkKeyHash())).isTrue();
      assertThat(info.time()).isEqualTo(clock.instant());
      assertThat(info.isFrom(node.address().node().key(), Mailboxes.random(32))).isFalse();
      assertThat(info.isFrom(new NodeKey(Mailboxes.random(32)), info.linkKeyHash())).isFalse();
    }

    @Test
    void aPingIsAnswered() throws Exception {
      RawLink link = link();
      link.send(new Frame.Ping());

      assertThat(link.next()).isEqualTo(new Frame.Pong());
    }

    @Test
    void nonsenseIsDroppedInSilenceAndTooMuchOfItEndsTheLink() throws Exception {
      RawLink link = link();
      for (int i = 0; i < Limits.STANDARD.malformedPerLink(); i++) {
        link.send(Mailboxes.random(Frame.SIZE).toByteArray());
      }
      link.roundTrip();
      assertThat(link.hasNothing()).isTrue();

      link.send(Mailboxes.random(Frame.SIZE).toByteArray());

      link.awaitClosed();
      assertThat(node.counters().malformed.sum()).isEqualTo(33);
    }

    @Test
    void aFrameThatOnlyNodesSendIsNonsense() throws Exception {
      RawLink link = link();
      link.send(new Frame.CaughtUp(1));
      link.roundTrip();

      assertThat(node.counters().malformed.sum()).isEqualTo(1);
    }

    @Test
    void beyondTheMostLinksNobodyGetsIn() throws Exception {
      restart(new Limits(1, 64, 256, 32, 4096, 100, 100, 100, 0, 1 << 16, RelayLimits.STANDARD));
      link();

      assertThatThrownBy(() -> link()).hasMessage("the node closed the link");
      assertThat(node.counters().links.sum()).isEqualTo(1);
    }
  }

  @Nested
  class Packets {
    @Test
    void aRepeatedPacketIsDropped() throws Exception {
      RawLink link = link();
      Frame.Packet packet = link.packet(7, mailboxes.bob(today()).open(node.address().token()));
      link.send(packet);
      assertThat(link.nextAnswer().number()).isEqualTo(7);

      link.send(packet);
      link.roundTrip();

      assertThat(link.hasNothing()).isTrue();
      assertThat(node.counters().replayed.sum()).isEqualTo(1);
    }

    @Test
    void aChangedPacketIsDropped() throws Exception {
      RawLink link = link();
      byte[] frame = link.packet(7, mailboxes.bob(today()).open(node.address().token())).encode();
      frame[Frame.SIZE - 1] ^= 1;

      link.send(frame);
      link.roundTrip();

      assertThat(link.hasNothing()).isTrue();
      assertThat(node.counters().malformed.sum()).isEqualTo(1);
    }

    @Test
    void aPacketWithoutARequestIsDropped() throws Exception {
      RawLink link = link();
      link.send(link.packet(Mailboxes.random(NumberedRequest.SIZE).toByteArray()));
      link.send(link.packet(new byte[NumberedRequest.SIZE]));
      link.roundTrip();

      assertThat(link.hasNothing()).isTrue();
      assertThat(node.counters().malformed.sum()).isEqualTo(2);
    }

    @Test
    void newKeysAreToldAndOldOnesWorkAFewMinutesMore() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      NodeInfo before = link.info();

      clock.move(Duration.ofHours(1));
      node.tick();
      NodeInfo after = ((Frame.AboutNode) link.next()).info();

      assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
      assertThat(after.packetKeys().subList(0, 2)).isEqualTo(before.packetKeys().subList(1, 3));
      assertThat(link.ask(2, bob.fetch(0)).code()).isEqualTo(AnswerCode.OK);
      clock.move(Duration.ofMinutes(5));
      node.tick();
      link.send(link.packet(3, bob.fetch(0)));
      link.use(after);
      assertThat(link.ask(4, bob.fetch(0)).code()).isEqualTo(AnswerCode.OK);
    }

    @Test
    void afterARestartTheKeysAreFreshAndTheNodeIsTheSame() throws Exception {
      NodeInfo before = link().info();

      restart(Limits.STANDARD);
      NodeInfo after = link().info();

      assertThat(after.nodeKey()).isEqualTo(before.nodeKey());
      assertThat(after.linkKeyHash()).isEqualTo(before.linkKeyHash());
      assertThat(after.packetKeys()).doesNotContainAnyElementsOf(before.packetKeys());
    }
  }

  @Nested
  class Rights {
    @Test
    void aDepositSignedByAnotherKeyIsRefused() throws Exception {
      RawLink link = link();
      bobOpens(link, 1);
      Request.Deposit real = mailboxes.alice(today()).deposit(id(), envelope());
      Request.Deposit forged =
          new Request.Deposit(real.mailbox(), real.id(), envelope(), real.signature());

      assertThat(link.ask(2, forged).code()).isEqualTo(AnswerCode.BAD_SIGNATURE);
    }

    @Test
    void aSignatureForAnotherNodeIsRefused() throws Exception {
      RawLink link = link();
      bobOpens(link, 1);
      NodeAddress other = new NodeAddress("127.0.0.1", 1, new NodeKey(Mailboxes.random(32)));
      Mailboxes elsewhere =
          new Mailboxes(
              new OwnMailbox(
                  new MailboxTarget(
                      other,
                      mailboxes.own().target().key(),
                      mailboxes.own().target().depositSecret()),
                  mailboxes.own().ownerSeed()));

      assertThat(link.ask(2, elsewhere.alice(today()).deposit(id(), envelope())).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
      assertThat(link.ask(3, elsewhere.bob(today()).fetch(0)).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
    }

    @Test
    void onlyTheOwnerReadsAndDeletes() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      Signature wrong = new Signature(Mailboxes.random(64));

      assertThat(link.ask(2, new Request.Fetch(bob.id(), 0, wrong)).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
      assertThat(link.ask(3, new Request.Subscribe(bob.id(), wrong)).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
      assertThat(link.ask(4, new Request.Delete(bob.id(), List.of(id()), wrong)).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
    }

    @Test
    void aMailboxOpensOnlyByItsOwnersHandAndTheOperatorsToken() throws Exception {
      RawLink link = link();
      Request.Open real = mailboxes.bob(today()).open(node.address().token());
      Request.Open forged =
          new Request.Open(
              real.day(),
              real.owner(),
              real.depositor(),
              real.token(),
              new Signature(Mailboxes.random(64)));
      AdmissionToken guessed = new AdmissionToken(SecretBytes.generate(AdmissionToken.SIZE));

      assertThat(link.ask(1, forged).code()).isEqualTo(AnswerCode.BAD_SIGNATURE);
      assertThat(link.ask(2, mailboxes.bob(today()).open(guessed)).code())
          .isEqualTo(AnswerCode.NOT_ADMITTED);
    }
  }

  @Nested
  class Room {
    @Test
    void aFullMailboxTakesMoreOnceEnvelopesAreDeleted() throws Exception {
      restart(Limits.STANDARD.withEnvelopesPerMailbox(2));
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      MailboxDay alice = mailboxes.alice(today());
      EnvelopeId first = id();
      assertThat(link.ask(2, alice.deposit(first, envelope())).code()).isEqualTo(AnswerCode.OK);
      assertThat(link.ask(3, alice.deposit(id(), envelope())).code()).isEqualTo(AnswerCode.OK);

      assertThat(link.ask(4, alice.deposit(id(), envelope())).code()).isEqualTo(AnswerCode.FULL);
      assertThat(link.ask(5, bob.delete(List.of(first))).code()).isEqualTo(AnswerCode.OK);
      assertThat(link.ask(6, alice.deposit(id(), envelope())).code()).isEqualTo(AnswerCode.OK);
    }

    @Test
    void aDiskWithoutRoomTakesNothingNewAndStillGives() throws Exception {
      RawLink before = link();
      OwnMailboxDay bob = bobOpens(before, 1);
      before.ask(2, mailboxes.alice(today()).deposit(id(), envelope()));
      Mailboxes same = mailboxes;

      restart(Limits.STANDARD.withDiskReserve(Long.MAX_VALUE));
      RawLink link = link();
      // The disk is looked at with each piece of work.
      Frame.Answer fetched = link.ask(1, bob.fetch(0));

      assertThat(FetchedPage.decode(fetched.body()).held()).hasSize(1);
      assertThat(link.ask(2, same.alice(today()).deposit(id(), envelope())).code())
          .isEqualTo(AnswerCode.FULL);
      assertThat(link.ask(3, same.bob(today().plus(1)).open(node.address().token())).code())
          .isEqualTo(AnswerCode.FULL);
    }

    @Test
    void aNodeOpensNoMoreMailboxesThanItMay() throws Exception {
      restart(Limits.STANDARD.withMailboxes(1));
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);

      assertThat(link.ask(2, mailboxes.bob(today().plus(1)).open(node.address().token())).code())
          .isEqualTo(AnswerCode.FULL);
      assertThat(link.ask(3, bob.open(node.address().token())).code()).isEqualTo(AnswerCode.OK);
    }

    @Test
    void aLinkListensToNoMoreMailboxesThanItMay() throws Exception {
      restart(new Limits(10, 64, 1, 32, 4096, 100, 100, 100, 0, 1 << 16, RelayLimits.STANDARD));
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      assertThat(link.ask(2, bob.subscribe()).code()).isEqualTo(AnswerCode.OK);

      assertThat(link.ask(3, bob.subscribe()).code()).isEqualTo(AnswerCode.FULL);
      assertThat(link.ask(4, new Request.Unsubscribe(2)).code()).isEqualTo(AnswerCode.OK);
      assertThat(link.ask(5, bob.subscribe()).code()).isEqualTo(AnswerCode.OK);
    }

    @Test
    void aDeviceThatDoesNotAcknowledgeGetsOneWindow() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      MailboxDay alice = mailboxes.alice(today());
      for (int i = 0; i < 70; i++) {
        link.ask(2 + i, alice.deposit(id(), envelope()));
      }

      link.send(link.packet(100, bob.subscribe()));
      List<EnvelopeId> pushed = new ArrayList<>();
      while (pushed.size() < 64) {
        if (link.next() instanceof Frame.Push(_, var held)) {
          pushed.add(held.id());
        }
      }
      link.roundTrip();
      assertThat(link.hasNothing()).isTrue();
      link.send(link.packet(101, bob.delete(pushed.subList(0, 10))));
      int more = 0;
      while (!(link.next() instanceof Frame.CaughtUp)) {
        more++;
      }

      assertThat(more).as("six envelopes and the answer").isEqualTo(7);
    }

    @Test
    void aDeviceThatDoesNotReadHindersNobodyAndGetsEverythingLater() throws Exception {
      RawLink slow = link();
      OwnMailboxDay bob = bobOpens(slow, 1);
      MailboxDay alice = mailboxes.alice(today());
      for (int i = 0; i < 64; i++) {
        slow.ask(2 + i, alice.deposit(id(), envelope()));
      }
      int subscriptions = 60;
      slow.stopReading();
      for (int i = 0; i < subscriptions; i++) {
        slow.send(slow.packet(1_000 + i, bob.subscribe()));
      }

      RawLink other = link();
      assertThat(other.ask(1, bob.fetch(0)).code()).isEqualTo(AnswerCode.OK);
      slow.readOn();
      int pushed = 0;
      int caughtUp = 0;
      while (caughtUp < subscriptions) {
        switch (slow.next()) {
          case Frame.Push _ -> pushed++;
          case Frame.CaughtUp _ -> caughtUp++;
          default -> {}
        }
      }

      assertThat(pushed).isEqualTo(64 * subscriptions);
    }
  }

  @Nested
  class Time {
    @Test
    void afterThirtyDaysEverythingOfADayIsForgotten() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      link.ask(2, mailboxes.alice(today()).deposit(id(), envelope()));

      clock.move(Duration.ofDays(30));
      node.tick();
      RawLink aMonthLater = link();
      assertThat(FetchedPage.decode(aMonthLater.ask(1, bob.fetch(0)).body()).held()).hasSize(1);
      clock.move(Duration.ofDays(1));
      node.tick();
      // Behind the sweep in the committer's queue.
      aMonthLater.use(link().info());
      aMonthLater.ask(2, mailboxes.bob(today()).open(node.address().token()));

      assertThat(count("mailboxes")).isEqualTo(1);
      assertThat(count("envelopes")).isZero();
    }

    private long count(String table) throws Exception {
      try (Connection connection = Database.openForReading(folder);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
        return rows.getLong(1);
      }
    }
  }

  @Nested
  class Privacy {
    @Test
    void theStoreHoldsNoAddressOfTwoDaysAndNothingOfTheLastingKeys() throws Exception {
      RawLink link = link();
      long number = 1;
      for (int day = 0; day < 3; day++) {
        OwnMailboxDay bob = mailboxes.bob(today());
        assertThat(link.ask(number++, bob.open(node.address().token())).code())
            .isEqualTo(AnswerCode.OK);
        for (int i = 0; i < 3; i++) {
          assertThat(link.ask(number++, mailboxes.alice(today()).deposit(id(), envelope())).code())
              .isEqualTo(AnswerCode.OK);
        }
        clock.move(Duration.ofDays(1));
        node.tick();
        link = link();
      }
      closeAll();

      assertThat(daysOfEachAddress()).hasSizeGreaterThanOrEqualTo(9);
      assertThat(daysOfEachAddress().values()).allMatch(days -> days == 1);
      ByteString everything = allBytes();
      assertThat(everything.hex())
          .doesNotContain(mailboxes.own().target().key().bytes().hex())
          .doesNotContain(hex(mailboxes.own().target().depositSecret()))
          .doesNotContain(hex(mailboxes.own().ownerSeed()));
    }

    private Map<String, Integer> daysOfEachAddress() throws Exception {
      Map<String, Integer> days = new HashMap<>();
      try (Connection connection = Database.openForReading(folder);
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  """
                  SELECT lower(hex(id)), day FROM mailboxes
                  UNION SELECT lower(hex(owner_key)), day FROM mailboxes
                  UNION SELECT lower(hex(deposit_key)), day FROM mailboxes
                  UNION SELECT number, day FROM mailboxes
                  UNION SELECT lower(hex(e.id)), day
                    FROM envelopes e JOIN mailboxes m ON m.number = e.mailbox\
                  """)) {
        while (rows.next()) {
          days.merge(rows.getString(1), 1, Integer::sum);
        }
      }
      return days;
    }

    private ByteString allBytes() throws Exception {
      ByteString all = ByteString.EMPTY;
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file :
            files.filter(f -> f.getFileName().toString().startsWith("node.db")).toList()) {
          all = all.plus(ByteString.copyOf(Files.readAllBytes(file)));
        }
      }
      return all;
    }

    private static String hex(SecretBytes secret) {
      return ByteString.copyOf(secret.exposeSecret()).hex();
    }

    @Test
    void deletedEnvelopesLeaveNoByteInTheFolder() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      EnvelopeId id = id();
      ByteString content = envelope().bytes();
      link.ask(2, mailboxes.alice(today()).deposit(id, new Envelope(content)));
      link.ask(3, bob.delete(List.of(id)));
      closeAll();

      assertThat(allBytes().hex()).doesNotContain(content.slice(100, 132).hex());
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws Exception {
      for (String file : List.of("node-key", "tls-key", "admission-token", "node-address")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
            .as(file)
            .isEqualTo("rw-------");
      }
    }
  }

  @Nested
  class Inspecting {
    @Test
    void allRowsAreShownWhileTheNodeRuns() throws Exception {
      RawLink link = link();
      OwnMailboxDay bob = bobOpens(link, 1);
      EnvelopeId id = id();
      link.ask(2, mailboxes.alice(today()).deposit(id, envelope()));

      assertThat(inspect()).contains(bob.id().bytes().hex(), id.bytes().hex(), "1 in all");
      assertThat(inspect("--json")).contains(bob.id().bytes().hex(), "\"held\": 1");
    }

    private String inspect(String... flags) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      List<String> args = new ArrayList<>(List.of("--data", folder.toString()));
      args.addAll(List.of(flags));
      assertThat(NodeInspect.run(args, out, out)).isZero();
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Nested
  class Starting {
    @Test
    void aSecondNodeInTheSameFolderIsRefused() {
      assertThatThrownBy(() -> Node.start(NodeConfig.in(folder).onThisMachine(0)))
          .isInstanceOf(NodeException.FolderInUse.class);
    }

    @Test
    void aTakenPortIsSaid(@TempDir Path other) {
      int taken = node.address().node().port();

      assertThatThrownBy(() -> Node.start(NodeConfig.in(other).onThisMachine(taken)))
          .isInstanceOf(NodeException.PortTaken.class)
          .hasMessageContaining(Integer.toString(taken));
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws Exception {
      closeAll();
      try (Connection connection = Database.openForWriting(folder);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(true);
        statement.execute("PRAGMA user_version = 99");
      }

      assertThatThrownBy(() -> Node.start(NodeConfig.in(folder).onThisMachine(0)))
          .isInstanceOf(NodeException.BadStore.class)
          .hasMessageContaining("newer");
    }
  }
}
