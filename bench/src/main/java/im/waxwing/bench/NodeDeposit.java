package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.DepositFloor;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// How many deposits a real node makes durable in a second, over real TLS links and into as many
/// mailboxes. The limit is what the cores could do if opening the packet, checking the proof and
/// storing were all ([DepositFloor]): all cores, less what other programs took of them meanwhile.
/// Generator and node share the rest.
///
/// @param links TLS links, each with [DepositLink#WINDOW] requests under way
/// @param warmUp deposits before those that count, for node and limit each
/// @param deposits deposits that count
record NodeDeposit(int links, int warmUp, int deposits) implements Benchmark {
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
        Load load = load(client, maker, node.pid());
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
            "higher is better, aim 0.60; %d acknowledged, %d in the store afterwards; processor"
                + " time of a deposit: %.0f µs at the least, %.0f µs in the node, %.0f µs in the"
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

  /// What the links ask of the node and how long it takes.
  private Load load(LinkClient client, DepositMaker maker, long node) throws Exception {
    DepositLinks open = DepositLinks.open(client, links);
    ByteString key = open.packetKey();
    open.send(DepositLinks.frames(maker.openPackets(key)));
    open.send(DepositLinks.frames(maker.deposits(key, warmUp)));
    List<byte[]> frames = DepositLinks.frames(maker.deposits(key, deposits));
    Load.Mark before = Load.Mark.of(node);
    open.send(frames);
    return Load.between(before, Load.Mark.of(node));
  }
}
