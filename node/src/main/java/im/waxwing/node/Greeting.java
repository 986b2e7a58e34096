package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The first words on a link that this node dialled (node.md §9): the other node proves itself,
/// this one says who it is, and a `pong` shows that it may stay. Belongs to the link's event loop.
final class Greeting {
  private static final long PATIENCE_MILLIS = 4_000;

  private final NetSocket socket;
  private final RecordParser parser;
  private final Context loop;
  private final NodeAddress node;
  private final Identity identity;
  private final Supplier<PeerLink> whenWelcome;
  private final Consumer<Dialler.Outcome> then;
  private final long timer;
  private @Nullable NodeInfo info;
  private boolean over;

  /// @param whenWelcome takes the connection over
  Greeting(
      PeerLink.Line line,
      NodeAddress node,
      Identity identity,
      Supplier<PeerLink> whenWelcome,
      Consumer<Dialler.Outcome> then) {
    this.socket = line.socket();
    this.parser = line.parser();
    this.loop = line.loop();
    this.node = node;
    this.identity = identity;
    this.whenWelcome = whenWelcome;
    this.then = then;
    this.timer = loop.owner().setTimer(PATIENCE_MILLIS, _ -> fail(Dialler.Outcome.UNREACHABLE));
  }

  void begin() {
    socket.exceptionHandler(_ -> socket.close());
    // A node that closes after it heard who we are does not want us.
    socket.closeHandler(
        _ -> fail(info == null ? Dialler.Outcome.UNREACHABLE : Dialler.Outcome.NOT_ALLOWED));
    parser.handler(this::read);
  }

  private void read(Buffer buffer) {
    if (over) {
      return;
    }
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.AboutNode(NodeInfo told) when told.isFrom(node.key(), linkKeyHash(socket)) ->
            hear(told);
        case Frame.Pong() when info != null -> welcome(info);
        default -> fail(Dialler.Outcome.UNREACHABLE);
      }
    } catch (MalformedException _) {
      fail(Dialler.Outcome.UNREACHABLE);
    }
  }

  private void hear(NodeInfo told) {
    boolean first = info == null;
    info = told;
    if (first) {
      send(new Frame.Peer(identity.greeting(told)));
      send(new Frame.AboutNode(identity.infoForDialled()));
      send(new Frame.Ping());
    }
  }

  private void welcome(NodeInfo told) {
    end();
    whenWelcome.get().begin(told);
    then.accept(new Dialler.Outcome.Up());
  }

  private void fail(Dialler.Outcome outcome) {
    if (!over) {
      end();
      socket.close();
      then.accept(outcome);
    }
  }

  private void end() {
    over = true;
    loop.owner().cancelTimer(timer);
  }

  private void send(Frame frame) {
    var _ = socket.write(Buffer.buffer(frame.encode()));
  }

  /// SHA-256 of the SubjectPublicKeyInfo that this link's TLS handshake proved.
  static ByteString linkKeyHash(NetSocket socket) {
    try {
      byte[] publicKeyInfo = socket.peerCertificates().getFirst().getPublicKey().getEncoded();
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKeyInfo));
    } catch (SSLPeerUnverifiedException _) {
      return ByteString.EMPTY;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
