package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Backend;
import im.waxwing.primitives.X25519;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How many packets of 4,092 bytes one core takes a layer off, as the middle node of three. No node
/// can do more than half the rate of X25519: each layer needs two.
record PacketUnwrap(Interleaved.Rounds rounds, int unwrapsPerRound) implements Benchmark {
  private static final int PACKETS = 64;
  private static final NodeKey NODE = new NodeKey(ByteString.copyOf(new byte[NodeKey.SIZE]));

  @Override
  public String name() {
    return "packet.unwrap";
  }

  @Override
  public Result run() throws Exception {
    try (PacketKey first = PacketKey.generate();
        PacketKey middle = PacketKey.generate();
        PacketKey last = PacketKey.generate()) {
      Interleaved cost = measure(middle, packets(first, middle, last));
      return new Result(
          name(),
          1e9 / cost.first(),
          "unwraps/s per core",
          1e9 / cost.second() / 2,
          String.format(
              Locale.ROOT,
              "higher is better; %.1f µs of processor time, of which two X25519 by %s are %.1f µs",
              cost.first() / 1e3,
              Backend.current().name().toLowerCase(Locale.ROOT),
              2 * cost.second() / 1e3));
    }
  }

  private Interleaved measure(PacketKey key, List<byte[]> packets) throws Exception {
    PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);
    Iterator<byte[]> next = Stream.generate(() -> packets).flatMap(List::stream).iterator();
    byte[] scalar = SecretBytes.generate(X25519.LENGTH).exposeSecret();
    byte[] point = X25519.publicKey(SecretBytes.generate(X25519.LENGTH).exposeSecret());
    byte[] shared = new byte[X25519.LENGTH];
    return Interleaved.measure(
        Interleaved.THREAD,
        rounds,
        new Interleaved.Side(unwrapsPerRound, () -> forward(unwrapper.unwrap(key, next.next()))),
        new Interleaved.Side(
            2 * unwrapsPerRound,
            () -> {
              boolean _ = X25519.agree(scalar, 0, point, 0, shared, 0);
            }));
  }

  /// Packets as they come to the node in the middle.
  private static List<byte[]> packets(PacketKey... path) throws MalformedException {
    PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
    PacketUnwrapper atFirst = new PacketUnwrapper(Geometry.STANDARD);
    List<Hop> hops = Stream.of(path).map(key -> Hop.of(NODE, key.publicKey())).toList();
    byte[] payload = new byte[Geometry.STANDARD.payloadLength()];
    List<ByteString> sent =
        IntStream.range(0, PACKETS)
            .mapToObj(_ -> wrapper.wrap(hops, RecipientId.NODE, payload).packet())
            .toList();
    byte[][] passedOn = new byte[PACKETS][];
    for (int i = 0; i < PACKETS; i++) {
      Unwrapped unwrapped = atFirst.unwrap(path[0], sent.get(i).toByteArray());
      passedOn[i] = forward(unwrapped).packet().toByteArray();
    }
    return List.of(passedOn);
  }

  private static Unwrapped.Forward forward(Unwrapped unwrapped) {
    if (unwrapped instanceof Unwrapped.Forward forward) {
      return forward;
    }
    throw new IllegalStateException("the packet should have gone on to another node");
  }
}
