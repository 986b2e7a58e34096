package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A link to a directory authority or a node, over which documents are asked for and handed in. Its
/// methods wait: call them on a virtual thread.
///
/// Safe for many threads.
public final class DocumentLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeAddress address;
  private final Context loop;
  private final NetClient client;
  private final CompletableFuture<NodeInfo> proved = new CompletableFuture<>();
  // What follows belongs to the event loop.
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private Optional<NetSocket> socket = Optional.empty();
  private long numbers;
  private boolean ended;

  private record Waiting(DocumentParts parts, CompletableFuture<Optional<ByteString>> document) {}

  private DocumentLink(Vertx vertx, NodeAddress address) {
    this.address = address;
    this.loop = vertx.getOrCreateContext();
    this.client = vertx.createNetClient(TlsLinks.client());
  }

  /// Opens a link to who answers at `address` and has its key.
  ///
  /// @throws IOException if nobody does, or another
  public static DocumentLink open(Vertx vertx, NodeAddress address)
      throws IOException, InterruptedException {
    DocumentLink link = new DocumentLink(vertx, address);
    link.loop.runOnContext(_ -> link.connect());
    try {
      NodeInfo _ = await(link.proved);
      return link;
    } catch (IOException | InterruptedException e) {
      link.close();
      throw e;
    }
  }

  private void connect() {
    var _ =
        client
            .connect(address.port(), bare(address.host()))
            .onSuccess(this::listen)
            .onFailure(proved::completeExceptionally);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private void listen(NetSocket opened) {
    socket = Optional.of(opened);
    TlsLinks.oneRecordPerFrame(opened);
    opened.exceptionHandler(_ -> opened.close());
    opened.closeHandler(_ -> ended());
    RecordParser.newFixed(Frame.SIZE, opened)
        .handler(
            buffer -> {
              try {
                read(Frame.decode(buffer.getBytes()), opened);
              } catch (MalformedException _) {
                opened.close();
              }
            });
  }

  private void ended() {
    ended = true;
    IOException end = new IOException("the link ended");
    proved.completeExceptionally(end);
    waiting.values().forEach(one -> one.document().completeExceptionally(end));
    waiting.clear();
  }

  private void read(Frame frame, NetSocket opened) throws MalformedException {
    if (frame instanceof Frame.AboutNode(NodeInfo info)) {
      if (info.isFrom(address.key(), TlsLinks.linkKeyHash(opened))) {
        proved.complete(info);
      } else {
        proved.completeExceptionally(new IOException("somebody else answers there"));
        var _ = opened.close();
      }
    } else if (frame instanceof Frame.DocumentPart part && proved.isDone()) {
      arrived(part);
    }
  }

  private void arrived(Frame.DocumentPart part) throws MalformedException {
    Waiting asked = waiting.get(part.number());
    if (asked == null) {
      return;
    }
    Optional<ByteString> document = part.count() == 0 ? Optional.empty() : asked.parts().add(part);
    if (part.count() == 0 || document.isPresent()) {
      waiting.remove(part.number());
      asked.document().complete(document);
    }
  }

  /// What the other side said of itself.
  public NodeInfo info() {
    return proved.join();
  }

  /// Asks for a document. Empty: there is none; an empty one: it is the one that is `known`.
  ///
  /// @throws IOException if the link ends or stays silent
  public Optional<ByteString> ask(DocumentKind kind, long epoch, ByteString name, ByteString known)
      throws IOException, InterruptedException {
    CompletableFuture<Optional<ByteString>> document = new CompletableFuture<>();
    loop.runOnContext(
        _ -> {
          long number = expect(document);
          send(new Frame.AskDocument(number, kind, epoch, name, known));
        });
    return await(document);
  }

  /// Hands a document in, and gives whether it was taken.
  ///
  /// @throws IOException if the link ends or stays silent
  public boolean hand(DocumentKind kind, ByteString document)
      throws IOException, InterruptedException {
    CompletableFuture<Optional<ByteString>> answer = new CompletableFuture<>();
    loop.runOnContext(_ -> DocumentParts.of(expect(answer), kind, document).forEach(this::send));
    return await(answer).isPresent();
  }

  private long expect(CompletableFuture<Optional<ByteString>> document) {
    long number = ++numbers;
    if (ended) {
      document.completeExceptionally(new IOException("the link ended"));
    }
    waiting.put(number, new Waiting(new DocumentParts(), document));
    return number;
  }

  private void send(Frame frame) {
    var _ = socket.orElseThrow().write(Buffer.buffer(frame.encode()));
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the other side cannot be reached", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the other side stays silent", e);
    }
  }

  @Override
  public void close() {
    var _ = client.close();
  }
}
