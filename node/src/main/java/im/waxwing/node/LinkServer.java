package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.PeerGreeting;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Accepts links on one event loop, and turns those of other nodes, also the ones that this node
/// dialled, into peer links. A node runs one for each core, all on the same port.
final class LinkServer extends VerticleBase {
  private final NetServerOptions options;
  private final Office office;
  private final Path folder;
  private final Identity identity;
  private final Federation federation;
  private final DialRule dialRule;
  private final AtomicInteger linksOfNode;
  private final Set<Link> links = new HashSet<>();
  private final Set<PeerLink> peerLinks = new HashSet<>();
  private @Nullable NetServer server;
  private @Nullable MailboxDirectory directory;

  LinkServer(
      NetServerOptions options,
      Office office,
      Path folder,
      Identity identity,
      Federation federation,
      DialRule dialRule,
      AtomicInteger linksOfNode) {
    this.options = options;
    this.office = office;
    this.folder = folder;
    this.identity = identity;
    this.federation = federation;
    this.dialRule = dialRule;
    this.linksOfNode = linksOfNode;
  }

  @Override
  public Future<?> start() throws Exception {
    MailboxDirectory opened = MailboxDirectory.open(folder);
    directory = opened;
    ReplyDesk replies = new ReplyDesk(context, office.peers(), office.limits().relaying());
    Intake intake = new Intake(context, office, new Desk(office, opened, replies));
    office
        .peers()
        .add(
            new Dialler(
                context,
                federation,
                dialRule,
                (socket, peer, node, then) -> greet(socket, peer, node, intake, then)));
    NetServer created = vertx.createNetServer(options);
    server = created;
    // Failed handshakes and broken connections are other people's affairs: nothing is logged.
    created.exceptionHandler(_ -> {});
    return created.connectHandler(socket -> accept(socket, intake)).listen();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void accept(NetSocket socket, Intake intake) {
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
        intake,
        (peersSocket, parser, greeting) -> consider(link, peersSocket, parser, greeting, intake),
        () -> {
          links.remove(link);
          linksOfNode.decrementAndGet();
        });
    link.tellOfNode(new Frame.AboutNode(identity.info()));
  }

  /// A link turns out to be another node's. Whom the operator does not want is not answered.
  private void consider(
      Link link, NetSocket socket, RecordParser parser, PeerGreeting greeting, Intake intake) {
    NodeAddress node = greeting.address();
    Instant now = office.clock().instant();
    if (!greeting.isFor(identity.key(), identity.linkKeyHash(), now)
        || node.key().equals(identity.key())
        || !federation.allows(node)) {
      link.close();
    } else if (federation.goesByHost(node)) {
      parser.pause();
      Thread.ofVirtual()
          .start(
              () -> {
                boolean isFromThere =
                    Dialler.addressesOf(node)
                        .contains(InetAddress.ofLiteral(socket.remoteAddress().hostAddress()));
                context.runOnContext(
                    _ -> {
                      if (isFromThere && !link.isClosed()) {
                        admit(link, socket, parser, node, intake);
                        parser.resume();
                      } else {
                        link.close();
                      }
                    });
              });
    } else {
      admit(link, socket, parser, node, intake);
    }
  }

  private void admit(
      Link link, NetSocket socket, RecordParser parser, NodeAddress node, Intake intake) {
    Peer peer = office.peers().greeted(node);
    if (peer == null) {
      link.close();
      return;
    }
    links.remove(link);
    PeerLink admitted =
        new PeerLink(
            new PeerLink.Line(socket, parser, context),
            office,
            new PeerLink.Other(node.key(), Identity.NO_LINK_KEY, false),
            peer,
            intake);
    peerLinks.add(admitted);
    admitted.listen(
        () -> {
          peerLinks.remove(admitted);
          linksOfNode.decrementAndGet();
        });
  }

  private void greet(
      NetSocket socket,
      Peer peer,
      NodeAddress node,
      Intake intake,
      Consumer<Dialler.Outcome> then) {
    oneRecordPerFrame(socket);
    PeerLink.Line line =
        new PeerLink.Line(socket, RecordParser.newFixed(Frame.SIZE, socket), context);
    new Greeting(line, node, identity, () -> welcomed(line, peer, node, intake), then).begin();
  }

  private PeerLink welcomed(PeerLink.Line line, Peer peer, NodeAddress node, Intake intake) {
    PeerLink.Other other =
        new PeerLink.Other(node.key(), Greeting.linkKeyHash(line.socket()), true);
    PeerLink link = new PeerLink(line, office, other, peer, intake);
    peerLinks.add(link);
    link.listen(() -> peerLinks.remove(link));
    return link;
  }

  // node.md §2: an observer of the link sees records of one length only
  private static void oneRecordPerFrame(NetSocket socket) {
    SslHandler tls =
        ((NetSocketInternal) socket).channelHandlerContext().pipeline().get(SslHandler.class);
    // A connection that has ended has none.
    if (tls != null) {
      tls.setWrapDataSize(Frame.SIZE);
    }
  }

  /// Tells every device and node of the keys of a new epoch. Any thread.
  void tellOfNewKeys() {
    context.runOnContext(
        _ -> {
          Frame.AboutNode frame = new Frame.AboutNode(identity.info());
          Frame.AboutNode forDialled = new Frame.AboutNode(identity.infoForDialled());
          links.forEach(link -> link.tellOfNode(frame));
          peerLinks.forEach(link -> link.tellOfNode(link.isDialled() ? forDialled : frame));
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
