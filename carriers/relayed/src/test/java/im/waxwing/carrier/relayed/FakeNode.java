package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.node.Node;
import im.waxwing.node.NodeConfig;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A node under Mallory's hand: its keys are right, its manners are not.
final class FakeNode implements AutoCloseable {
  /// What it does wrong.
  enum Habit {
    SILENT,
    SIGNS_FOR_ANOTHER_LINK,
    GARBAGE,
    ANSWERS_OTHERS_FIRST,
    SAYS_IT_IS_EVERYBODY,
    /// As its [Script] says.
    SCRIPTED
  }

  /// What it does with a packet; on its event loop.
  interface Script {
    void received(Unwrapped unwrapped, Consumer<Frame> answer);

    /// What it hands out.
    default Optional<ByteString> document(Frame.AskDocument ask) {
      return Optional.empty();
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final SecretBytes seed;
  private final PacketKey packetKey = PacketKey.generate();
  private final AtomicInteger framesReceived = new AtomicInteger();
  private final Habit habit;
  private final Script script;
  private final ByteString linkKeyHash;
  private final NetServer server;

  private FakeNode(Path folder, String group, Habit habit, Script script) throws Exception {
    this.habit = habit;
    this.script = script;
    Node.start(NodeConfig.in(folder).onThisMachine(0)).close();
    Path certificate = folder.resolve("tls-certificate");
    this.seed = SecretBytes.copyOf(Files.readAllBytes(folder.resolve("node-key")));
    this.linkKeyHash = hash(certificate);
    NetServerOptions options =
        new NetServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(certificate.toString())
                    .setKeyPath(folder.resolve("tls-key").toString()))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    options.getSslOptions().setKeyExchangeGroups(List.of(group));
    server =
        vertx
            .createNetServer(options)
            .exceptionHandler(_ -> {})
            .connectHandler(this::accept)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  /// Takes over the folder that a real node has left.
  static FakeNode speaking(Path folder, String group, Habit habit) throws Exception {
    return new FakeNode(folder, group, habit, (_, _) -> {});
  }

  static FakeNode scripted(Path folder, Script script) throws Exception {
    return new FakeNode(folder, "X25519MLKEM768", Habit.SCRIPTED, script);
  }

  private static ByteString hash(Path certificate) throws Exception {
    byte[] publicKeyInfo =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)))
            .getPublicKey()
            .getEncoded();
    return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKeyInfo));
  }

  NodeAddress address() {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      NodeKey nodeKey = new NodeKey(ByteString.copyOf(key.publicKey()));
      return new NodeAddress("127.0.0.1", server.actualPort(), nodeKey);
    }
  }

  int framesReceived() {
    return framesReceived.get();
  }

  private void accept(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .pipeline()
        .get(SslHandler.class)
        .setWrapDataSize(Frame.SIZE);
    socket.exceptionHandler(_ -> {});
    RecordParser.newFixed(Frame.SIZE, socket).handler(buffer -> received(socket, buffer));
    send(socket, new Frame.AboutNode(info()));
  }

  NodeInfo info() {
    ByteString link = habit == Habit.SIGNS_FOR_ANOTHER_LINK ? Fixtures.random(32) : linkKeyHash;
    ByteString key = packetKey.publicKey();
    Instant now = Instant.now();
    long epoch = Told.epochOf(now);
    return NodeInfo.sign(seed, link, now, epoch, List.of(key, key, key), Fixtures.random(32));
  }

  private void received(NetSocket socket, Buffer buffer) {
    framesReceived.incrementAndGet();
    switch (habit) {
      case SILENT, SIGNS_FOR_ANOTHER_LINK -> {}
      case GARBAGE -> {
        for (int i = 0; i < 20; i++) {
          var _ = socket.write(Buffer.buffer(Fixtures.random(Frame.SIZE).toByteArray()));
        }
      }
      case ANSWERS_OTHERS_FIRST -> {
        long number = numberIn(buffer.getBytes());
        for (long other : new long[] {number + 7, number + 1, 0, Long.MAX_VALUE, number, number}) {
          send(socket, new Frame.Answer(other, AnswerCode.OK, ByteString.EMPTY));
        }
      }
      case SAYS_IT_IS_EVERYBODY -> {
        if (isPacket(buffer)) {
          long number = numberIn(buffer.getBytes());
          send(socket, new Frame.Answer(number, AnswerCode.OK, info().encode()));
        }
      }
      case SCRIPTED -> {
        if (isPacket(buffer)) {
          script.received(open(buffer.getBytes()), frame -> send(socket, frame));
        } else if (decode(buffer.getBytes()) instanceof Frame.AskDocument ask) {
          hand(socket, ask);
        }
      }
    }
  }

  private void hand(NetSocket socket, Frame.AskDocument ask) {
    script
        .document(ask)
        .ifPresentOrElse(
            document ->
                DocumentParts.of(ask.number(), ask.kind(), document)
                    .forEach(part -> send(socket, part)),
            () -> send(socket, DocumentParts.none(ask.number(), ask.kind())));
  }

  // node.md §2
  private static boolean isPacket(Buffer frame) {
    return frame.getByte(0) == 3;
  }

  private long numberIn(byte[] frame) {
    try {
      byte[] payload = ((Unwrapped.Deliver) open(frame)).payload().toByteArray();
      return NumberedRequest.decode(payload).number();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private Unwrapped open(byte[] frame) {
    try {
      return open(((Frame.Packet) decode(frame)).bytes());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static Frame decode(byte[] frame) {
    try {
      return Frame.decode(frame);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// Takes this node's layer off a packet.
  Unwrapped open(ByteString packet) throws MalformedException {
    return new PacketUnwrapper(Geometry.STANDARD).unwrap(packetKey, packet.toByteArray());
  }

  private static void send(NetSocket socket, Frame frame) {
    var _ = socket.write(Buffer.buffer(frame.encode()));
  }

  @Override
  public void close() {
    var _ = vertx.close();
  }
}
