package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.DepositFloor;
import im.waxwing.protocol.Frame;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How many deposits a real node makes durable in a second, over real TLS links and into as many
/// mailboxes. The limit is what the cores could do if opening the packet, checking the proof and
/// storing were all ([DepositFloor]): all cores, less what other programs took of them meanwhile.
/// Generator and node share the rest.
///
/// @param links TLS links, each with [DepositLink#WINDOW] requests under way
/// @param warmUp deposits before those that count, for node and limit each
/// @param deposits deposits that count
record NodeDeposit(int links, int warmUp, int deposits) implements Benchmark {
  private static final long PATIENCE_SECONDS = 300;

  @Override
  public String name() {
    return "node.deposit";
  }

  @Override
  public Result run() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      NodeAddress.WithAdmission address = NodeAddress.WithAdmission.parse(node.address());
      DepositMaker maker = new DepositMaker(address, Day.of(Instant.now()), links);
      try (LinkClient client = new LinkClient(address.node(), 1);
          DepositFloor floor = floor(town.folder(), address, maker)) {
        double floorBefore = floorNanos(floor, maker);
        Load load = new Run(client, maker, node.pid()).load();
        double floorNanos = (floorBefore + floorNanos(floor, maker)) / 2;
        node.close();
        return result(load, floorNanos, DepositFloor.envelopesIn(node.folder()));
      }
    }
  }

  private Result result(Load load, double floorNanos, long stored) {
    int acknowledged = warmUp + deposits;
    if (stored != acknowledged) {
      throw new IllegalStateException(
          acknowledged + " deposits were acknowledged, but " + stored + " lie in the store");
    }
    double cores = Runtime.getRuntime().availableProcessors() - load.othersCores();
    return new Result(
        name(),
        deposits / load.seconds(),
        "durable deposits/s",
        cores * 1e9 / floorNanos,
        String.format(
            Locale.ROOT,
            "higher is better, aim 0.60; %d acknowledged, %d in the store afterwards; processor time"
                + " of a deposit: %.0f µs at the least, %.0f µs in the node, %.0f µs in the"
                + " generator; other programs left %.2f cores",
            acknowledged,
            stored,
            floorNanos / 1e3,
            load.nodeSeconds() / deposits * 1e6,
            load.ownSeconds() / deposits * 1e6,
            cores));
  }

  private DepositFloor floor(Path town, NodeAddress.WithAdmission address, DepositMaker maker)
      throws Exception {
    DepositFloor floor =
        DepositFloor.open(Files.createDirectory(town.resolve("floor")), address.node().key());
    for (var open : maker.opens()) {
      floor.open(open);
    }
    floor.deposit(maker.deposits(floor.packetKey(), warmUp));
    return floor;
  }

  private double floorNanos(DepositFloor floor, DepositMaker maker) throws Exception {
    List<byte[]> packets = maker.deposits(floor.packetKey(), deposits / 4);
    long start = Interleaved.THREAD.getAsLong();
    floor.deposit(packets);
    return (double) (Interleaved.THREAD.getAsLong() - start) / packets.size();
  }

  /// The links' work against the node.
  private final class Run {
    private final LinkClient client;
    private final Context loop;
    private final DepositMaker maker;
    private final long node;

    Run(LinkClient client, DepositMaker maker, long node) {
      this.client = client;
      this.loop = client.vertx().getOrCreateContext();
      this.maker = maker;
      this.node = node;
    }

    Load load() throws Exception {
      List<DepositLink> open = connect();
      ByteString key = await(open.getFirst().info()).packetKeys().getFirst();
      send(open, maker.openPackets(key));
      send(open, maker.deposits(key, warmUp));
      List<byte[]> packets = frames(maker.deposits(key, deposits));
      Load.Mark before = Load.Mark.of(node);
      sendFrames(open, packets);
      return Load.between(before, Load.Mark.of(node));
    }

    private List<DepositLink> connect() throws Exception {
      List<Future<DepositLink>> opening = new ArrayList<>();
      for (int i = 0; i < links; i++) {
        opening.add(client.connect().map(DepositLink::new));
      }
      return await(Future.all(opening)).list();
    }

    private void send(List<DepositLink> open, List<byte[]> packets) throws Exception {
      sendFrames(open, frames(packets));
    }

    private void sendFrames(List<DepositLink> open, List<byte[]> frames) throws Exception {
      Supplier<Optional<byte[]>> source = source(frames);
      List<Future<Integer>> sending = open.stream().map(link -> link.send(loop, source)).toList();
      int accepted = await(Future.all(sending)).<Integer>list().stream().mapToInt(i -> i).sum();
      if (accepted != frames.size()) {
        throw new IllegalStateException("some deposits were not answered");
      }
    }

    private static List<byte[]> frames(List<byte[]> packets) {
      return packets.stream()
          .map(packet -> new Frame.Packet(ByteString.copyOf(packet)).encode())
          .toList();
    }

    /// Gives each frame once; used by one event loop only.
    private static Supplier<Optional<byte[]>> source(List<byte[]> frames) {
      Iterator<byte[]> rest = frames.iterator();
      return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    }

    private static <T> T await(Future<T> future) throws Exception {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
