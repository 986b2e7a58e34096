package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.PeerGreeting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plays another node on one link to the node that is measured: greets it (node.md §9.2), sends it
/// packets for the next such peer, [#WINDOW] of them under way at a time, and takes what the node
/// passes on.
///
/// Belongs to its event loop; told to start and asked for outcomes on any thread.
final class RelayPeer {
  static final int WINDOW = 64;

  /// Where nobody will be dialled: there is a link.
  private static final int NO_PORT = 1;

  private static final ByteString ZEROS = ByteString.copyOf(new byte[NodeInfo.HASH_SIZE]);

  private final NetSocket socket;
  private final SecretBytes seed = SecretBytes.generate(Ed25519.SEED_LENGTH);
  private final NodeKey key = keyOf(seed);
  private final PacketKey packetKey = PacketKey.generate();
  private final Promise<NodeInfo> welcome = Promise.promise();
  private @Nullable NodeInfo node;
  private Promise<Void> done = Promise.promise();
  private Runnable whenPassedOn = () -> {};
  private Iterator<byte[]> frames = Collections.emptyIterator();
  private ByteString newest = ByteString.EMPTY;
  private int underWay;

  RelayPeer(NetSocket socket) {
    this.socket = socket;
    socket.closeHandler(_ -> fail("the node closed a link"));
    RecordParser.newFixed(Frame.SIZE, socket).handler(this::read);
  }

  private static NodeKey keyOf(SecretBytes seed) {
    try (Ed25519.SigningKey signing = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(signing.publicKey()));
    }
  }

  /// As a path names this peer.
  Hop hop() {
    return Hop.of(key, packetKey.publicKey());
  }

  /// Done with the node's word about itself when it has taken this peer for a node.
  Future<NodeInfo> welcome() {
    return welcome.future();
  }

  /// From now on `then` runs for each packet that came.
  void whenPassedOn(Runnable then) {
    whenPassedOn = then;
  }

  /// Sends all; done when as many have come out at the next peer.
  Future<Void> send(Context loop, List<byte[]> all) {
    Promise<Void> finished = Promise.promise();
    loop.runOnContext(
        _ -> {
          frames = all.iterator();
          done = finished;
          refill();
        });
    return finished.future();
  }

  /// A packet of this peer has come out at the next one.
  void cameOut() {
    if (--underWay <= WINDOW / 2) {
      refill();
    }
  }

  /// Half a window in one write, so that the generator costs little.
  private void refill() {
    Buffer batch = Buffer.buffer(WINDOW * Frame.SIZE);
    for (; underWay < WINDOW && frames.hasNext(); underWay++) {
      batch.appendBytes(frames.next());
    }
    if (batch.length() > 0) {
      var _ = socket.write(batch);
    } else if (underWay == 0) {
      boolean _ = done.tryComplete();
    }
  }

  private void read(Buffer buffer) {
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.AboutNode(NodeInfo told) when node == null -> greet(told);
        case Frame.Pong() when node != null -> {
          boolean _ = welcome.tryComplete(node);
        }
        case Frame.Packet(ByteString packet) -> {
          newest = packet;
          whenPassedOn.run();
        }
        case Frame.AboutNode _ -> {}
        default -> fail("the node said something nobody had asked");
      }
    } catch (MalformedException _) {
      fail("the node sent a bad frame");
    }
  }

  private void greet(NodeInfo told) {
    node = told;
    NodeAddress address = new NodeAddress("127.0.0.1", NO_PORT, key);
    write(new Frame.Peer(PeerGreeting.sign(seed, address, Instant.now(), told)));
    List<ByteString> keys = Collections.nCopies(NodeInfo.EPOCHS, packetKey.publicKey());
    write(
        new Frame.AboutNode(NodeInfo.sign(seed, ZEROS, Instant.now(), told.epoch(), keys, ZEROS)));
    write(new Frame.Ping());
  }

  /// @throws IllegalStateException if what came last is no packet whose only layer left is for this
  ///   peer
  void checkNewest() {
    try {
      Unwrapped inner =
          new PacketUnwrapper(Geometry.STANDARD).unwrap(packetKey, newest.toByteArray());
      if (inner instanceof Unwrapped.Deliver) {
        return;
      }
    } catch (MalformedException _) {
      // Said below.
    }
    throw new IllegalStateException("the node passed on something else than was sent");
  }

  private void write(Frame frame) {
    var _ = socket.write(Buffer.buffer(frame.encode()));
  }

  private void fail(String why) {
    boolean _ = welcome.tryFail(why);
    boolean _ = done.tryFail(why);
  }
}
