package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.PacketKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.PeerGreeting;
import java.time.Instant;
import java.util.List;

/// A node held in the hand, that dials a real one: sees what a relay gives on, and gives what it
/// likes.
final class Mallory implements AutoCloseable {
  private final SecretBytes seed = SecretBytes.generate(32);
  private final PacketKey packetKey = PacketKey.generate();
  private final NodeAddress address;
  private final Instant now;
  private final RawLink link;

  Mallory(Node node, Instant now) throws Exception {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      NodeKey nodeKey = new NodeKey(ByteString.copyOf(key.publicKey()));
      this.address = new NodeAddress("127.0.0.1", 9, nodeKey);
    }
    this.now = now;
    this.link = RawLink.to(node);
  }

  /// Becomes a peer of the node.
  Mallory greets() throws InterruptedException {
    link.send(greeting(now));
    link.send(new Frame.AboutNode(info()));
    link.roundTrip();
    return this;
  }

  Frame.Peer greeting(Instant time) {
    return new Frame.Peer(PeerGreeting.sign(seed, address, time, link.info()));
  }

  NodeAddress address() {
    return address;
  }

  SecretBytes seed() {
    return seed;
  }

  PacketKey packetKey() {
    return packetKey;
  }

  RawLink link() {
    return link;
  }

  NodeInfo info() {
    ByteString key = packetKey.publicKey();
    return NodeInfo.sign(
        seed,
        Identity.NO_LINK_KEY,
        now,
        EpochKeys.epochOf(now),
        List.of(key, key, key),
        Identity.NO_LINK_KEY);
  }

  /// The next packet that the node gave on.
  ByteString nextPacket() throws InterruptedException {
    while (true) {
      if (link.next() instanceof Frame.Packet(ByteString packet)) {
        return packet;
      }
    }
  }

  @Override
  public void close() {
    link.close();
    packetKey.close();
  }
}
