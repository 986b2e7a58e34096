package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.Frame;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PqcEnforcementPolicy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The TLS of links, for both sides (node.md §1).
public final class TlsLinks {
  private static final List<String> GROUPS = List.of("X25519MLKEM768");
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE_PATIENCE = Duration.ofSeconds(150);

  private TlsLinks() {}

  /// @param port 0: any free one
  public static NetServerOptions server(TlsIdentity tls, String bindAddress, int port) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(bindAddress)
            .setPort(port)
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setKeyValue(Buffer.buffer(tls.keyPem()))
                    .setCertValue(Buffer.buffer(tls.certificatePem())))
            .setEnabledSecureTransportProtocols(PROTOCOLS)
            .setSslHandshakeTimeout(HANDSHAKE_PATIENCE.toSeconds())
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
            .setReadIdleTimeout((int) IDLE_PATIENCE.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    options
        .getSslOptions()
        .setKeyExchangeGroups(GROUPS)
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  /// Takes any certificate: the node's signed word, the first frame, vouches for it.
  public static NetClientOptions client() {
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(PROTOCOLS)
            .setConnectTimeout((int) HANDSHAKE_PATIENCE.toMillis());
    options
        .getSslOptions()
        .setKeyExchangeGroups(GROUPS)
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  // node.md §2: an observer of the link sees records of one length only
  public static void oneRecordPerFrame(NetSocket socket) {
    SslHandler tls =
        ((NetSocketInternal) socket).channelHandlerContext().pipeline().get(SslHandler.class);
    // A connection that has ended has none.
    if (tls != null) {
      tls.setWrapDataSize(Frame.SIZE);
    }
  }

  /// SHA-256 of the SubjectPublicKeyInfo that the other side's handshake proved.
  public static ByteString linkKeyHash(NetSocket socket) {
    try {
      byte[] key = socket.peerCertificates().getFirst().getPublicKey().getEncoded();
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (SSLPeerUnverifiedException _) {
      return ByteString.EMPTY;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
