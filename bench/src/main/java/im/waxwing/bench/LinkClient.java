package im.waxwing.bench;

import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.Frame;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PqcEnforcementPolicy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Opens links to one node as a device does, but without its patience and its suspicion: whatever
/// goes wrong fails the measurement, and the node is one we started ourselves.
final class LinkClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Vertx vertx;
  private final NetClient client;
  private final NodeAddress node;

  /// @param eventLoops threads that serve the links
  LinkClient(NodeAddress node, int eventLoops) {
    this.node = node;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
    this.client = vertx.createNetClient(options());
  }

  private static NetClientOptions options() {
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
            .setSslHandshakeTimeout(PATIENCE_SECONDS)
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options
        .getSslOptions()
        .setKeyExchangeGroups(List.of("X25519MLKEM768"))
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  Vertx vertx() {
    return vertx;
  }

  /// A link whose handshake is done. What is written to it leaves as one TLS record per frame.
  Future<NetSocket> connect() {
    return client
        .connect(node.port(), node.host())
        .onSuccess(
            socket ->
                ((NetSocketInternal) socket)
                    .channelHandlerContext()
                    .pipeline()
                    .get(SslHandler.class)
                    .setWrapDataSize(Frame.SIZE));
  }

  @Override
  public void close() {
    var _ = vertx.close();
  }
}
