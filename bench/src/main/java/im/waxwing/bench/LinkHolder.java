package im.waxwing.bench;

import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A process that holds idle links to a node until it is ended: `LinkHolder ADDRESS COUNT`. Prints
/// [#READY] when all stand.
public final class LinkHolder {
  static final String READY = "all links stand";

  private static final int HANDSHAKES_AT_ONCE = 64;
  private static final int PING_SECONDS = 60;

  private LinkHolder() {}

  public static void main(String[] arguments) throws Exception {
    NodeAddress node = NodeAddress.WithAdmission.parse(arguments[0]).node();
    int count = Integer.parseInt(arguments[1]);
    try (LinkClient client = new LinkClient(node, 1)) {
      List<NetSocket> open = new ArrayList<>(count);
      client.vertx().getOrCreateContext().runOnContext(_ -> keepAlive(client, open));
      connect(client, count, open);
      System.out.println(READY);
      Thread.currentThread().join();
    }
  }

  /// A few handshakes at a time. `open` belongs to the only event loop.
  private static void connect(LinkClient client, int count, List<NetSocket> open) throws Exception {
    Semaphore free = new Semaphore(HANDSHAKES_AT_ONCE);
    List<Future<NetSocket>> links = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      free.acquire();
      links.add(
          client
              .connect()
              .onSuccess(socket -> open.add(socket.handler(_ -> {})))
              .onComplete(_ -> free.release()));
    }
    var _ = Future.all(links).toCompletionStage().toCompletableFuture().get();
  }

  /// Every second some of the links, so that each has its turn in a minute.
  private static void keepAlive(LinkClient client, List<NetSocket> open) {
    byte[] ping = new Frame.Ping().encode();
    int[] next = {0};
    long _ =
        client
            .vertx()
            .setPeriodic(
                1_000,
                _ -> {
                  for (int i = 0; i < Math.ceilDiv(open.size(), PING_SECONDS); i++) {
                    var _ = open.get(next[0]++ % open.size()).write(Buffer.buffer(ping));
                  }
                });
  }
}
