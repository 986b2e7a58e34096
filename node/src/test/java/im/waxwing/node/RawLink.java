package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A link held in the hand: frames and bytes are sent one by one, as Mallory might.
final class RawLink implements AutoCloseable {
  static final String GROUP = "X25519MLKEM768";
  private static final int PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  // Held here because Vert.x closes the connections of a client that the garbage collector finds.
  private final NetClient client;
  private final NetSocket socket;
  private final BlockingQueue<Optional<Frame>> frames = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private NodeInfo info;

  private RawLink(int port, String group) throws Exception {
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    options.getSslOptions().setKeyExchangeGroups(List.of(group));
    client = vertx.createNetClient(options);
    CompletableFuture<NetSocket> opened = new CompletableFuture<>();
    // On the event loop, so that the handler is there before the first frame.
    loop.runOnContext(
        _ ->
            client
                .connect(port, "127.0.0.1")
                .onSuccess(this::listen)
                .onSuccess(opened::complete)
                .onFailure(opened::completeExceptionally));
    try {
      socket = opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      info = ((Frame.AboutNode) next()).info();
    } catch (Exception | AssertionError e) {
      var _ = vertx.close();
      throw e;
    }
  }

  static RawLink to(Node node) throws Exception {
    return to(node.address().node());
  }

  static RawLink to(NodeAddress node) throws Exception {
    return new RawLink(node.port(), GROUP);
  }

  static RawLink offering(String group, Node node) throws Exception {
    return new RawLink(node.address().node().port(), group);
  }

  private void listen(NetSocket opened) {
    opened.closeHandler(
        _ -> {
          closed.countDown();
          frames.add(Optional.empty());
        });
    opened.exceptionHandler(_ -> {});
    RecordParser.newFixed(Frame.SIZE, opened)
        .handler(
            buffer -> {
              try {
                frames.add(Optional.of(Frame.decode(buffer.getBytes())));
              } catch (MalformedException e) {
                throw new AssertionError(e);
              }
            });
  }

  /// Takes nothing more off the socket.
  void stopReading() {
    loop.runOnContext(_ -> socket.pause());
  }

  void readOn() {
    loop.runOnContext(_ -> socket.resume());
  }

  String negotiatedGroup() throws Exception {
    SslHandler tls =
        ((NetSocketInternal) socket).channelHandlerContext().pipeline().get(SslHandler.class);
    return SSL.getGroupName(((ReferenceCountedOpenSslEngine) tls.engine()).sslPointer());
  }

  NodeInfo info() {
    return info;
  }

  void use(NodeInfo other) {
    info = other;
  }

  Frame next() throws InterruptedException {
    Optional<Frame> frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(frame).as("a frame from the node").isNotNull();
    return frame.orElseThrow(() -> new AssertionError("the node closed the link"));
  }

  Frame.Answer nextAnswer() throws InterruptedException {
    while (true) {
      if (next() instanceof Frame.Answer answer) {
        return answer;
      }
    }
  }

  boolean hasNothing() {
    return frames.isEmpty();
  }

  void send(byte[] bytes) {
    var _ = socket.write(Buffer.buffer(bytes));
  }

  void send(Frame frame) {
    send(frame.encode());
  }

  Frame.Packet packet(long number, Request request) {
    return packet(new NumberedRequest(number, request).encode());
  }

  Frame.Packet packet(byte[] payload) {
    Hop hop = Hop.of(info.nodeKey(), info.packetKeys().getFirst());
    ByteString packet = wrapper.wrap(List.of(hop), RecipientId.NODE, payload).packet();
    return new Frame.Packet(packet);
  }

  Frame.Answer ask(long number, Request request) throws InterruptedException {
    send(packet(number, request));
    Frame.Answer answer = nextAnswer();
    assertThat(answer.number()).isEqualTo(number);
    return answer;
  }

  /// Asks for a pong; everything sent before was read when it came.
  void roundTrip() throws InterruptedException {
    send(new Frame.Ping());
    while (!(next() instanceof Frame.Pong)) {
      // Whatever came before it.
    }
  }

  void awaitClosed() throws InterruptedException {
    assertThat(closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    var _ = vertx.close();
  }
}
