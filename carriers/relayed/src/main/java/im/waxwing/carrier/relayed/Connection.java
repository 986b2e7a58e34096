package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;

/// One TLS connection to a node. Sends nothing before the node has proved by its signed word, the
/// first frame, that it is the expected one and owns this very link (node.md §3).
///
/// Belongs to the carrier's event loop.
final class Connection {
  // node.md §1
  static final String GROUP = "X25519MLKEM768";

  private static final int MOST_MALFORMED = 8;

  /// What a connection tells its link.
  interface Events {
    /// The node proved itself, or has new packet keys.
    void aboutNode(Connection connection, NodeInfo info);

    void received(Connection connection, Frame frame);

    void closed(Connection connection);

    /// Another node than the expected one, or no post-quantum key exchange.
    void impostor(Connection connection);
  }

  private final NetSocket socket;
  private final Predicate<NodeKey> expected;
  private final Events events;
  private boolean proved;
  private boolean closed;
  private int malformed;
  private long framesReceived;

  /// @param expected whether to talk to the node of a key
  Connection(NetSocket socket, Predicate<NodeKey> expected, Events events) {
    this.socket = socket;
    this.expected = expected;
    this.events = events;
  }

  void listen() {
    SslHandler tls = tls();
    // node.md §2: an observer of the link sees records of one length only
    tls.setWrapDataSize(Frame.SIZE);
    socket.exceptionHandler(_ -> close());
    socket.closeHandler(
        _ -> {
          if (!closed) {
            closed = true;
            events.closed(this);
          }
        });
    RecordParser.newFixed(Frame.SIZE, socket).handler(this::read);
    if (!GROUP.equals(group(tls))) {
      refuse();
    }
  }

  private SslHandler tls() {
    return ((NetSocketInternal) socket).channelHandlerContext().pipeline().get(SslHandler.class);
  }

  private static String group(SslHandler tls) {
    try {
      return SSL.getGroupName(((ReferenceCountedOpenSslEngine) tls.engine()).sslPointer());
    } catch (Exception e) {
      return "none: the connection is closed";
    }
  }

  private void read(Buffer buffer) {
    if (closed) {
      return;
    }
    framesReceived++;
    try {
      Frame frame = Frame.decode(buffer.getBytes());
      if (frame instanceof Frame.AboutNode(NodeInfo info)) {
        check(info);
      } else if (!proved) {
        refuse();
      } else if (frame instanceof Frame.Ping) {
        send(new Frame.Pong());
      } else {
        events.received(this, frame);
      }
    } catch (MalformedException _) {
      malformed();
    }
  }

  private void check(NodeInfo info) {
    NodeKey node = info.nodeKey();
    if (!expected.test(node) || !info.isFrom(node, linkKeyHash())) {
      refuse();
      return;
    }
    proved = true;
    events.aboutNode(this, info);
  }

  /// SHA-256 of the SubjectPublicKeyInfo that this link's TLS handshake proved.
  private ByteString linkKeyHash() {
    try {
      Certificate certificate = socket.peerCertificates().getFirst();
      byte[] publicKeyInfo = certificate.getPublicKey().getEncoded();
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKeyInfo));
    } catch (SSLPeerUnverifiedException _) {
      return ByteString.EMPTY;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Something the node should not have said.
  void malformed() {
    malformed++;
    if (!proved) {
      refuse();
    } else if (malformed > MOST_MALFORMED) {
      close();
    }
  }

  private void refuse() {
    if (!closed) {
      closed = true;
      var _ = socket.close();
      events.impostor(this);
    }
  }

  void send(Frame frame) {
    if (!closed) {
      var _ = socket.write(Buffer.buffer(frame.encode()));
    }
  }

  boolean isFull() {
    return socket.writeQueueFull();
  }

  void whenDrained(Runnable then) {
    socket.drainHandler(_ -> then.run());
  }

  /// How many frames came so far: whether the node still lives.
  long framesReceived() {
    return framesReceived;
  }

  /// Closes; [Events#closed] follows.
  void close() {
    var _ = socket.close();
  }

  /// Closes without a word to the events.
  void abandon() {
    closed = true;
    var _ = socket.close();
  }
}
