package im.waxwing.node;

import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Accepts links on one event loop; a node runs one for each core, all on the same port.
final class LinkServer extends VerticleBase {
  private final NetServerOptions options;
  private final Office office;
  private final Path folder;
  private final Supplier<NodeInfo> nodeInfo;
  private final AtomicInteger linksOfNode;
  private final Set<Link> links = new HashSet<>();
  private @Nullable NetServer server;
  private @Nullable MailboxDirectory directory;

  LinkServer(
      NetServerOptions options,
      Office office,
      Path folder,
      Supplier<NodeInfo> nodeInfo,
      AtomicInteger linksOfNode) {
    this.options = options;
    this.office = office;
    this.folder = folder;
    this.nodeInfo = nodeInfo;
    this.linksOfNode = linksOfNode;
  }

  @Override
  public Future<?> start() throws Exception {
    MailboxDirectory opened = MailboxDirectory.open(folder);
    directory = opened;
    Desk desk = new Desk(office, opened);
    NetServer created = vertx.createNetServer(options);
    server = created;
    // Failed handshakes and broken connections are other people's affairs: nothing is logged.
    created.exceptionHandler(_ -> {});
    return created.connectHandler(socket -> accept(socket, desk)).listen();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void accept(NetSocket socket, Desk desk) {
    if (linksOfNode.incrementAndGet() > office.limits().links()) {
      linksOfNode.decrementAndGet();
      socket.close();
      return;
    }
    oneRecordPerFrame(socket);
    office.counters().links.increment();
    Link link = new Link(socket, context, office);
    links.add(link);
    link.listen(
        desk,
        () -> {
          links.remove(link);
          linksOfNode.decrementAndGet();
        });
    link.tellOfNode(new Frame.AboutNode(nodeInfo.get()));
  }

  // node.md §2: an observer of the link sees records of one length only
  private static void oneRecordPerFrame(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .pipeline()
        .get(SslHandler.class)
        .setWrapDataSize(Frame.SIZE);
  }

  /// Tells every device of the keys of a new epoch. Any thread.
  void tellOfNewKeys() {
    context.runOnContext(
        _ -> {
          Frame.AboutNode frame = new Frame.AboutNode(nodeInfo.get());
          links.forEach(link -> link.tellOfNode(frame));
        });
  }

  @Override
  public Future<?> stop() throws Exception {
    if (directory != null) {
      directory.close();
    }
    return server == null ? Future.succeededFuture() : server.close();
  }
}
