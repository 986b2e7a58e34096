package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.Placement;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.Receipt;
import im.waxwing.protocol.swarm.Receipts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In mixed mode Eve, on the link between an app and its guard, does not see whether the app has
/// anything to say.
class MixedModeTest {
  private static final Parameters MIXED =
      new Parameters(
          Parameters.Mode.MIXED,
          Parameters.PacketProfile.X25519,
          Set.of(),
          Duration.ofMillis(10),
          Duration.ofMillis(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          5,
          3,
          0);

  /// Of the frames that an app and its guard exchange first some are for documents.
  private static final int FIRST = 40;

  private static final int SAMPLE = 250;
  private static final int ROUNDS = 3;
  private static final double SURE = 0.01;

  @TempDir Path folder;
  private final Day today = Day.of(Clock.systemUTC().instant());
  private final List<AutoCloseable> open = new ArrayList<>();

  /// How many blocks came with each request.
  private final List<Integer> blocks = new CopyOnWriteArrayList<>();

  private final List<Class<?>> kinds = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  /// An app in a network of its own.
  private final class App {
    final FakeNetwork network;
    final Carrier carrier;
    final OwnMailbox mailbox;
    private int from;

    App(String name) throws Exception {
      network = new FakeNetwork(folder.resolve(name), MIXED, this::asked);
      open.add(network);
      carrier = RelayedCarrier.start(Clock.systemUTC());
      open.add(carrier);
      carrier.enters(address(), new Notes());
      mailbox = mailboxAt(address());
    }

    NetworkAddress address() {
      return network.address();
    }

    im.waxwing.model.Path path() {
      return im.waxwing.model.Path.into(address());
    }

    App listening() {
      var _ = carrier.subscribe(path(), mailbox, today, new HeardMail());
      return this;
    }

    /// As soon as a letter is accepted the next one is sent.
    App writing() {
      carrier.deposit(path(), depositFor(mailboxAt(address()), today), _ -> writing());
      return this;
    }

    private void asked(FakeNetwork.Asked asked) throws MalformedException {
      blocks.add(asked.request.blocks().size());
      kinds.add(asked.request.request().getClass());
      switch (asked.request.request()) {
        case Request.Fetch _ ->
            asked.answer(AnswerCode.OK, new FetchedPage(List.of(), false).encode());
        case Request.Deposit deposit -> asked.answer(AnswerCode.OK, receipts(deposit).encode());
        default -> asked.answer(AnswerCode.OK, ByteString.EMPTY);
      }
    }

    private Receipts receipts(Request.Deposit deposit) {
      ByteString name = deposit.mailbox().bytes();
      Kept kept =
          Kept.of(address().name(), deposit.mailbox(), deposit.id(), deposit.envelope(), today);
      List<Receipt> receipts = new ArrayList<>();
      for (Entry member : Placement.swarm(network.shown().consensus(), name, today).subList(0, 3)) {
        receipts.add(kept.receipt(network.seedOf(member.key())));
      }
      return new Receipts(receipts);
    }

    private TlsTap.Capture link() {
      return network.tap().captures.getLast();
    }

    private boolean isSeen(int count) {
      return !network.tap().captures.isEmpty()
          && link().fromDevice.size() > from + count
          && link().fromNode.size() > from + count;
    }

    void awaitFrames(int count) {
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (!isSeen(count)) {
        assertThat(System.nanoTime()).as("enough frames in time").isLessThan(end);
        LockSupport.parkNanos(10_000_000);
      }
    }

    void begin() {
      from = Math.max(link().fromDevice.size(), link().fromNode.size());
    }

    double[] sent() {
      return intervals(link().fromDevice);
    }

    double[] received() {
      return intervals(link().fromNode);
    }

    private double[] intervals(List<TlsTap.Seen> seen) {
      List<TlsTap.Seen> sample = seen.subList(seen.size() - SAMPLE - 1, seen.size());
      double[] intervals = new double[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        intervals[i] = (sample.get(i + 1).time() - sample.get(i).time()) / 1e6;
      }
      return intervals;
    }
  }

  @Test
  void anIdleAppAndABusyOneLookAlike() throws Exception {
    App empty = new App("empty");
    App idle = new App("idle").listening();
    App busy = new App("busy").listening().writing();
    List<App> apps = List.of(empty, idle, busy);
    apps.forEach(app -> app.awaitFrames(FIRST));

    double best = 0;
    for (int round = 0; round < ROUNDS && best <= SURE; round++) {
      apps.forEach(App::begin);
      apps.forEach(app -> app.awaitFrames(SAMPLE));
      best = Math.max(best, Math.min(alike(busy, idle), alike(busy, empty)));
    }

    assertThat(best).as("probability that they are alike").isGreaterThan(SURE);
    assertThat(kinds).contains(Request.Fetch.class, Request.Deposit.class);
    assertThat(blocks).as("one answer for each packet").containsOnly(1);
    apps.forEach(MixedModeTest::assertThatAllFramesAreOfOneSize);
  }

  private static double alike(App one, App two) {
    return Math.min(
        KolmogorovSmirnov.probability(one.sent(), two.sent()),
        KolmogorovSmirnov.probability(one.received(), two.received()));
  }

  private static void assertThatAllFramesAreOfOneSize(App app) {
    TlsTap.Capture link = app.link();
    Set<Integer> up = Set.copyOf(TlsTap.lengthsAfterHandshake(link));
    List<Integer> down = TlsTap.encrypted(link.fromNode);
    assertThat(up).hasSize(1);
    assertThat(Set.copyOf(down.subList(down.size() - SAMPLE, down.size()))).isEqualTo(up);
  }

  @Test
  void whatIsSentIsAnsweredOneToOne() throws Exception {
    App busy = new App("busy").listening().writing();
    busy.awaitFrames(FIRST);
    busy.begin();
    int up = busy.link().fromDevice.size();
    int down = busy.link().fromNode.size();

    busy.awaitFrames(SAMPLE);

    int sent = busy.link().fromDevice.size() - up;
    int received = busy.link().fromNode.size() - down;
    assertThat(received).isBetween(sent - FIRST, sent + FIRST);
  }
}
