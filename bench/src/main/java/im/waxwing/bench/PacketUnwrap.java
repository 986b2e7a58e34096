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
import im.waxwing.primitives.MlKem768;
import im.waxwing.primitives.MlKem768.DecapsulationKey;
import im.waxwing.primitives.X25519;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How many packets one core takes a layer off, as the middle node of three. No node can do more
/// than the rate of the public-key work that each layer needs: two X25519 in the NIKE profile, one
/// and an ML-KEM-768 decapsulation in the hybrid one.
record PacketUnwrap(Geometry geometry, Interleaved.Rounds rounds, int unwrapsPerRound)
    implements Benchmark {
  private static final int PACKETS = 64;
  private static final NodeKey NODE = new NodeKey(ByteString.copyOf(new byte[NodeKey.SIZE]));

  @Override
  public String name() {
    return switch (geometry.profile()) {
      case NIKE -> "packet.unwrap";
      case HYBRID -> "packet.unwrap.hybrid";
    };
  }

  @Override
  public Result run() throws Exception {
    Interleaved cost = measure();
    return new Result(
        name(),
        1e9 / cost.first(),
        "unwraps/s per core",
        1e9 / cost.second(),
        String.format(
            Locale.ROOT,
            "higher is better; %.1f µs of processor time, of which %s by %s are %.1f µs",
            cost.first() / 1e3,
            switch (geometry.profile()) {
              case NIKE -> "two X25519";
              case HYBRID -> "ML-KEM-768 by the JDK and X25519";
            },
            Backend.current().name().toLowerCase(Locale.ROOT),
            cost.second() / 1e3));
  }

  /// What a layer costs, in nanoseconds of processor time.
  double nanos() throws Exception {
    return measure().first();
  }

  private Interleaved measure() throws Exception {
    try (PacketKey first = PacketKey.generate(geometry.profile());
        PacketKey middle = PacketKey.generate(geometry.profile());
        PacketKey last = PacketKey.generate(geometry.profile())) {
      return measure(middle, packets(first, middle, last));
    }
  }

  private Interleaved measure(PacketKey key, List<byte[]> packets) throws Exception {
    PacketUnwrapper unwrapper = new PacketUnwrapper(geometry);
    Iterator<byte[]> next = Stream.generate(() -> packets).flatMap(List::stream).iterator();
    return Interleaved.measure(
        Interleaved.THREAD,
        rounds,
        new Interleaved.Side(unwrapsPerRound, () -> forward(unwrapper.unwrap(key, next.next()))),
        new Interleaved.Side(unwrapsPerRound, publicKeyWork()));
  }

  private Interleaved.Work publicKeyWork() {
    byte[] scalar = SecretBytes.generate(X25519.LENGTH).exposeSecret();
    byte[] point = X25519.publicKey(SecretBytes.generate(X25519.LENGTH).exposeSecret());
    byte[] shared = new byte[X25519.LENGTH];
    return switch (geometry.profile()) {
      case NIKE ->
          () -> {
            boolean _ = X25519.agree(scalar, 0, point, 0, shared, 0);
            boolean _ = X25519.agree(scalar, 0, point, 0, shared, 0);
          };
      case HYBRID -> {
        DecapsulationKey key =
            DecapsulationKey.ofSeed(SecretBytes.generate(MlKem768.SEED_LENGTH).exposeSecret());
        byte[] ciphertext = new byte[MlKem768.CIPHERTEXT_LENGTH];
        byte[] randomness = SecretBytes.generate(MlKem768.RANDOMNESS_LENGTH).exposeSecret();
        boolean _ = MlKem768.encapsulate(key.publicKey(), randomness, ciphertext, 0, shared);
        yield () -> {
          boolean _ = X25519.agree(scalar, 0, point, 0, shared, 0);
          key.decapsulate(ciphertext, 0, shared);
        };
      }
    };
  }

  /// Packets as they come to the node in the middle.
  private List<byte[]> packets(PacketKey... path) throws MalformedException {
    PacketWrapper wrapper = new PacketWrapper(geometry);
    PacketUnwrapper atFirst = new PacketUnwrapper(geometry);
    List<Hop> hops = Stream.of(path).map(key -> Hop.of(NODE, key.publicKey())).toList();
    byte[] payload = new byte[geometry.payloadLength()];
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
