package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// What a node occupies, as the system counts it: just started, and with links that stand,
/// mailboxes that were opened by them and an envelope in each. Both after a full collection, so
/// that they do not hang on when the last one was.
///
/// @param links at one time
/// @param mailboxes of today, each with one envelope
record NodeMemory(int links, int mailboxes) implements Benchmark {
  private static final double MEGABYTE = 1 << 20;

  /// A node is to fit a machine with 512 MB, of which the system needs a quarter.
  private static final double LIMIT = 384;

  /// The heap begins as small as the JVM has it by itself on a machine with 1 GB, and grows.
  private static final Map<String, String> SMALL_MACHINE = Map.of("JDK_JAVA_OPTIONS", "-Xms16m");

  @Override
  public String name() {
    return "node.memory";
  }

  @Override
  public Result run() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node(SMALL_MACHINE);
      Memory idle = Memory.of(node.pid());
      NodeAddress.WithAdmission address = NodeAddress.WithAdmission.parse(node.address());
      try (LinkClient client = new LinkClient(address.node(), 1)) {
        fill(DepositLinks.open(client, links), address);
        return result(idle, Memory.of(node.pid()));
      }
    }
  }

  private void fill(DepositLinks open, NodeAddress.WithAdmission address) throws Exception {
    DepositMaker maker = new DepositMaker(address, Day.of(Instant.now()), mailboxes);
    ByteString key = open.packetKey();
    open.send(DepositLinks.frames(maker.openPackets(key)));
    open.send(DepositLinks.frames(maker.deposits(key, mailboxes)));
  }

  private Result result(Memory idle, Memory busy) {
    return new Result(
        name(),
        busy.outside() / MEGABYTE,
        "MB resident",
        LIMIT,
        String.format(
            Locale.ROOT,
            "lower is better; %,d links and %,d mailboxes; %.0f MB of live objects; just started:"
                + " %.0f MB resident, %.0f MB of live objects",
            links,
            mailboxes,
            busy.heap() / MEGABYTE,
            idle.outside() / MEGABYTE,
            idle.heap() / MEGABYTE));
  }
}
