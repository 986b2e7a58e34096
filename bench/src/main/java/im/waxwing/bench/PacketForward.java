package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// How many packets a real node passes on for each second that it computes, between TLS links to
/// other nodes. The limit is the rate at which one core takes layers off when there is nothing else
/// to do ([PacketUnwrap]), measured before and after.
///
/// @param peers other nodes, each of which sends packets for the next
/// @param warmUp packets before those that count
/// @param packets packets that count; how many go by one link is the same for all
record PacketForward(int peers, int warmUp, int packets, PacketUnwrap unwrap) implements Benchmark {
  private static final long PATIENCE_SECONDS = 300;

  @Override
  public String name() {
    return "packet.forward";
  }

  @Override
  public Result run() throws Exception {
    double before = unwrap.nanos();
    Load load = load();
    return result(load, (before + unwrap.nanos()) / 2);
  }

  private Load load() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      NodeAddress address = NodeAddress.WithAdmission.parse(node.address()).node();
      try (LinkClient client = new LinkClient(address, 1)) {
        return new Run(client, address.key()).load(node.pid());
      }
    }
  }

  private Result result(Load load, double unwrapNanos) {
    double nanos = load.nodeSeconds() * 1e9 / packets;
    return new Result(
        name(),
        1e9 / nanos,
        "packets/s per core",
        1e9 / unwrapNanos,
        String.format(
            Locale.ROOT,
            "higher is better, aim 0.60; %d packets by %d links, none lost; %.1f µs of the node's"
                + " processor time each, of which taking the layer off is %.1f µs; %,.0f packets/s"
                + " by the clock, with %.2f cores for the node, %.2f for the generator, %.2f for"
                + " other programs",
            packets,
            peers,
            nanos / 1e3,
            unwrapNanos / 1e3,
            packets / load.seconds(),
            load.nodeSeconds() / load.seconds(),
            load.ownSeconds() / load.seconds(),
            load.othersCores()));
  }

  /// Peers in a ring about the node.
  private final class Run {
    private final LinkClient client;
    private final Context loop;
    private final NodeKey node;
    private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);

    Run(LinkClient client, NodeKey node) {
      this.client = client;
      this.loop = client.vertx().getOrCreateContext();
      this.node = node;
    }

    Load load(long pid) throws Exception {
      List<RelayPeer> ring = connect();
      ByteString packetKey = ring.getFirst().welcome().result().packetKeys().getFirst();
      send(ring, frames(ring, packetKey, warmUp));
      List<List<byte[]>> frames = frames(ring, packetKey, packets);
      Load.Mark before = Load.Mark.of(pid);
      send(ring, frames);
      Load load = Load.between(before, Load.Mark.of(pid));
      ring.forEach(RelayPeer::checkNewest);
      return load;
    }

    private List<RelayPeer> connect() throws Exception {
      List<Future<RelayPeer>> opening = new ArrayList<>();
      for (int i = 0; i < peers; i++) {
        opening.add(client.connect().map(RelayPeer::new));
      }
      List<RelayPeer> ring = await(Future.all(opening)).list();
      List<Future<NodeInfo>> welcomes = ring.stream().map(RelayPeer::welcome).toList();
      var _ = await(Future.all(welcomes));
      for (int i = 0; i < peers; i++) {
        ring.get((i + 1) % peers).whenPassedOn(ring.get(i)::cameOut);
      }
      return ring;
    }

    /// An equal share for each link: packets of two layers, for the node and for the next peer.
    private List<List<byte[]>> frames(List<RelayPeer> ring, ByteString packetKey, int count) {
      Hop first = Hop.of(node, packetKey);
      byte[] payload = new byte[Geometry.STANDARD.payloadLength()];
      List<List<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < peers; i++) {
        List<Hop> path = List.of(first, ring.get((i + 1) % peers).hop());
        all.add(
            IntStream.range(0, count / peers)
                .mapToObj(_ -> wrapper.wrap(path, RecipientId.NODE, payload).packet())
                .map(packet -> new Frame.Packet(packet).encode())
                .toList());
      }
      return all;
    }

    private void send(List<RelayPeer> ring, List<List<byte[]>> frames) throws Exception {
      List<Future<Void>> sending =
          IntStream.range(0, peers).mapToObj(i -> ring.get(i).send(loop, frames.get(i))).toList();
      var _ = await(Future.all(sending));
    }

    private static <T> T await(Future<T> future) throws Exception {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
