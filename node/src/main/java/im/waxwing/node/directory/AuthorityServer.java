package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.node.TlsLinks;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Accepts links on one event loop and puts what comes by them before the desk, on the desk's own
/// thread.
final class AuthorityServer extends VerticleBase {
  private static final int MOST_LINKS = 10_000;
  private static final int MOST_MALFORMED = 8;
  private static final int MOST_UNANSWERED = 8;

  /// Descriptors and proofs: nothing larger is handed in.
  private static final int MOST_PARTS_HANDED_IN = 2;

  private final NetServerOptions options;
  private final Supplier<NodeInfo> nodeInfo;
  private final Desk desk;
  private final Executor deskThread;
  private final AtomicInteger links = new AtomicInteger();
  private @Nullable NetServer server;

  AuthorityServer(
      NetServerOptions options, Supplier<NodeInfo> nodeInfo, Desk desk, Executor deskThread) {
    this.options = options;
    this.nodeInfo = nodeInfo;
    this.desk = desk;
    this.deskThread = deskThread;
  }

  @Override
  public Future<?> start() {
    NetServer created = vertx.createNetServer(options);
    server = created;
    // Failed handshakes and broken connections are other people's affairs: nothing is logged.
    created.exceptionHandler(_ -> {});
    return created.connectHandler(this::accept).listen();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void accept(NetSocket socket) {
    if (links.incrementAndGet() > MOST_LINKS) {
      links.decrementAndGet();
      var _ = socket.close();
      return;
    }
    TlsLinks.oneRecordPerFrame(socket);
    new Guest(socket, context).listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  /// One link. Belongs to the event loop.
  private final class Guest {
    private final NetSocket socket;
    private final Context loop;
    private final RecordParser parser;
    private DocumentParts handedIn = new DocumentParts();
    private int malformed;
    private int unanswered;
    private boolean paused;
    private boolean closed;

    Guest(NetSocket socket, Context loop) {
      this.socket = socket;
      this.loop = loop;
      this.parser = RecordParser.newFixed(Frame.SIZE, socket);
    }

    void listen() {
      socket.exceptionHandler(_ -> socket.close());
      socket.closeHandler(
          _ -> {
            closed = true;
            links.decrementAndGet();
          });
      parser.handler(this::read);
      send(List.of(new Frame.AboutNode(nodeInfo.get())));
    }

    private void read(Buffer buffer) {
      try {
        switch (Frame.decode(buffer.getBytes())) {
          case Frame.Ping() -> send(List.of(new Frame.Pong()));
          case Frame.Pong() -> {}
          case Frame.AskDocument ask -> before(() -> answered(ask));
          case Frame.DocumentPart part -> handIn(part);
          default -> throw new MalformedException("kind", "must be one that authorities know");
        }
      } catch (MalformedException _) {
        malformed++;
        if (malformed > MOST_MALFORMED) {
          var _ = socket.close();
        }
      }
    }

    private void handIn(Frame.DocumentPart part) throws MalformedException {
      if (part.count() > MOST_PARTS_HANDED_IN) {
        throw new MalformedException("document", "must be a small one");
      }
      if (part.part() == 0) {
        handedIn = new DocumentParts();
      }
      Optional<ByteString> document = handedIn.add(part);
      if (document.isPresent()) {
        ByteString whole = document.get();
        before(
            () ->
                List.of(
                    desk.take(part.kind(), whole)
                        ? DocumentParts.same(part.number(), part.kind())
                        : DocumentParts.none(part.number(), part.kind())));
      }
    }

    private List<Frame.DocumentPart> answered(Frame.AskDocument ask) {
      return desk.answer(ask)
          .map(document -> DocumentParts.of(ask.number(), ask.kind(), document))
          .orElseGet(() -> List.of(DocumentParts.none(ask.number(), ask.kind())));
    }

    /// Puts a question before the desk; not read on while too many wait.
    private void before(Supplier<List<Frame.DocumentPart>> question) {
      unanswered++;
      regulate();
      deskThread.execute(
          () -> {
            List<Frame.DocumentPart> answer = question.get();
            loop.runOnContext(
                _ -> {
                  unanswered--;
                  send(answer);
                  regulate();
                });
          });
    }

    private void send(List<? extends Frame> frames) {
      for (Frame frame : frames) {
        if (!closed) {
          var _ = socket.write(Buffer.buffer(frame.encode()));
        }
      }
    }

    private void regulate() {
      boolean tooMuch = unanswered >= MOST_UNANSWERED || socket.writeQueueFull();
      if (tooMuch == paused || closed) {
        return;
      }
      paused = tooMuch;
      if (tooMuch) {
        parser.pause();
        socket.drainHandler(_ -> regulate());
      } else {
        parser.resume();
      }
    }
  }
}
