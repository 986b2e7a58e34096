package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.AnswerCode;
import io.vertx.core.Context;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PqcEnforcementPolicy;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Makes links to other nodes, on one event loop. Dials what the operator's policy allows, and
/// after the host's name was looked up: a name may mean any address.
final class Dialler {
  private static final int PATIENCE_MILLIS = 4_000;
  private static final int IDLE_SECONDS = 150;

  /// What came of dialling.
  sealed interface Outcome {
    /// The node proved itself and takes us; its link is known to the [Peer].
    record Up() implements Outcome {}

    /// UNREACHABLE_NODE or NOT_ALLOWED.
    record Down(AnswerCode why) implements Outcome {}

    Outcome UNREACHABLE = new Down(AnswerCode.UNREACHABLE_NODE);
    Outcome NOT_ALLOWED = new Down(AnswerCode.NOT_ALLOWED);
  }

  /// Makes a connection, of which the other side has not yet shown which node it is, into a link.
  interface Greeter {
    void greet(NetSocket socket, Peer peer, NodeAddress node, Consumer<Outcome> then);
  }

  private final Context loop;
  private final Federation federation;
  private final DialRule rule;
  private final Greeter greeter;
  // Held here because Vert.x closes the connections of a client that the garbage collector finds.
  private final NetClient client;

  Dialler(Context loop, Federation federation, DialRule rule, Greeter greeter) {
    this.loop = loop;
    this.federation = federation;
    this.rule = rule;
    this.greeter = greeter;
    this.client = loop.owner().createNetClient(options());
  }

  private static NetClientOptions options() {
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            // The node's signed word is checked instead.
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setConnectTimeout(PATIENCE_MILLIS)
            .setSslHandshakeTimeout(PATIENCE_MILLIS)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setReadIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    options
        .getSslOptions()
        .setKeyExchangeGroups(List.of("X25519MLKEM768"))
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  Context loop() {
    return loop;
  }

  /// Dials one address. `then` is called once, on the event loop.
  void dial(NodeAddress node, Peer peer, Consumer<Outcome> then) {
    if (!federation.allows(node)) {
      then.accept(Outcome.NOT_ALLOWED);
      return;
    }
    // Looking a name up may take long.
    Thread.ofVirtual()
        .start(
            () -> {
              List<InetAddress> found = addressesOf(node);
              loop.runOnContext(_ -> dial(found, node, peer, then));
            });
  }

  /// Empty: there is no such host.
  static List<InetAddress> addressesOf(NodeAddress node) {
    String host = node.host();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return Arrays.asList(InetAddress.getAllByName(bare));
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  private void dial(List<InetAddress> found, NodeAddress node, Peer peer, Consumer<Outcome> then) {
    Optional<InetAddress> allowed =
        found.stream().filter(address -> rule.allows(address, node, federation)).findFirst();
    if (allowed.isEmpty()) {
      then.accept(found.isEmpty() ? Outcome.UNREACHABLE : Outcome.NOT_ALLOWED);
      return;
    }
    var _ =
        client
            .connect(
                SocketAddress.inetSocketAddress(new InetSocketAddress(allowed.get(), node.port())))
            .onComplete(
                socket -> greeter.greet(socket, peer, node, then),
                _ -> then.accept(Outcome.UNREACHABLE));
  }
}
