package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Some [DepositLink]s to one node that share what there is to send.
final class DepositLinks {
  private static final long PATIENCE_SECONDS = 300;
  private static final int HANDSHAKES_AT_ONCE = 64;

  private final Context loop;
  private final List<DepositLink> links;

  private DepositLinks(Context loop, List<DepositLink> links) {
    this.loop = loop;
    this.links = links;
  }

  /// Connects, a few handshakes at a time.
  static DepositLinks open(LinkClient client, int count) throws Exception {
    List<DepositLink> links = new ArrayList<>(count);
    while (links.size() < count) {
      List<Future<DepositLink>> opening = new ArrayList<>();
      for (int i = 0; i < Math.min(HANDSHAKES_AT_ONCE, count - links.size()); i++) {
        opening.add(client.connect().map(DepositLink::new));
      }
      links.addAll(await(Future.all(opening)).list());
    }
    return new DepositLinks(client.vertx().getOrCreateContext(), links);
  }

  /// For which packets are to be made.
  ByteString packetKey() throws Exception {
    return await(links.getFirst().info()).packetKeys().getFirst();
  }

  /// As they travel.
  static List<byte[]> frames(List<byte[]> packets) {
    return packets.stream()
        .map(packet -> new Frame.Packet(ByteString.copyOf(packet)).encode())
        .toList();
  }

  /// Sends all, by whatever link is free, and waits until the node has said OK to each.
  void send(List<byte[]> frames) throws Exception {
    Supplier<Optional<byte[]>> source = source(frames);
    List<Future<Integer>> sending = links.stream().map(link -> link.send(loop, source)).toList();
    int accepted = await(Future.all(sending)).<Integer>list().stream().mapToInt(i -> i).sum();
    if (accepted != frames.size()) {
      throw new IllegalStateException("some requests were not answered");
    }
  }

  /// Gives each frame once; used by one event loop only.
  private static Supplier<Optional<byte[]>> source(List<byte[]> frames) {
    Iterator<byte[]> rest = frames.iterator();
    return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
