package im.waxwing.bench;

import im.waxwing.scenarios.ChildProcess;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The memory that an idle TLS link costs a node: what lives in its heap, and what grew outside,
/// divided by the number of links. The links are held open by a process of their own, with a ping a
/// minute each, as apps send it.
///
/// @param links at one time; the node and the holder each need as many file descriptors
record NodeIdle(int links) implements Benchmark {
  private static final double LIMIT = 20_480;
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(8);

  /// All of the heap is resident from the start, so that what the process grows by lies outside.
  private static final Map<String, String> WHOLE_HEAP =
      Map.of("JDK_JAVA_OPTIONS", "-Xms768m -XX:+AlwaysPreTouch");

  @Override
  public String name() {
    return "node.idle";
  }

  @Override
  public Result run() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node(WHOLE_HEAP);
      Memory before = Memory.of(node.pid());
      try (ChildProcess holder = ChildProcess.start(holder(node.address()), Map.of())) {
        String _ = holder.awaitLine("all links", LinkHolder.READY::equals, CONNECT_LIMIT);
        Memory after = Memory.of(node.pid());
        return result(
            (after.heap() - before.heap()) / (double) links,
            (after.outside() - before.outside()) / (double) links);
      }
    }
  }

  private Result result(double heap, double outside) {
    return new Result(
        name(),
        heap + outside,
        "bytes per link",
        LIMIT,
        String.format(
            Locale.ROOT,
            "lower is better; %d links; %.0f bytes in the heap, %.0f outside it",
            links,
            heap,
            outside));
  }

  private List<String> holder(String address) {
    return OwnJvm.command(LinkHolder.class, List.of("-Xmx1g"), address, Integer.toString(links));
  }
}
