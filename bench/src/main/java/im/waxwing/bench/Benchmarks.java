package im.waxwing.bench;

import im.waxwing.packet.Geometry;
import java.util.List;

/// Every benchmark at its full size, in the order of the table.
final class Benchmarks {
  private static final Interleaved.Rounds MICRO = new Interleaved.Rounds(5, 15);

  /// For a limit that is measured twice in one benchmark.
  private static final Interleaved.Rounds LIMIT = new Interleaved.Rounds(3, 9);

  private Benchmarks() {}

  static List<Benchmark> all() {
    return List.of(
        new PacketUnwrap(Geometry.STANDARD, MICRO, 2_000),
        new PacketUnwrap(Geometry.HYBRID, MICRO, 2_000),
        new PacketForward(8, 24_000, 40_000, new PacketUnwrap(Geometry.STANDARD, LIMIT, 2_000)),
        new CryptoLetter(new Interleaved.Rounds(20, 15), 1_500),
        new StoreSearch("store.search", 100_000, false),
        new StoreSearch("store.search.million", 1_000_000, true),
        new NodeDeposit(64, 10_000, 30_000),
        new NodeIdle(10_000),
        new NodeMemory(1_000, 10_000),
        new LetterLatency(LetterLatency.Way.RELAY, 1_000, 300),
        new LetterLatency(LetterLatency.Way.FEDERATED, 1_000, 300),
        new LetterLatency(LetterLatency.Way.ONION, 1_000, 300),
        new OnionFetch(200),
        new TorLatency(100, 300),
        new AppStart(5));
  }
}
