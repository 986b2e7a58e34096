package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import java.time.Duration;
import java.time.Instant;

/// By which a node that dialled another shows which node it is; makes the link a peer link (node.md
/// §2). Signed for one link of the answering node: of no use anywhere else.
///
/// @param address where the dialling node answers, and its key
/// @param time the dialling node's clock, to the millisecond
public record PeerGreeting(NodeAddress address, Instant time, Signature signature) {
  // node.md §2
  public static final int VERSION = 1;

  /// How far the clocks of two nodes may be apart.
  public static final Duration CLOCKS_APART = Duration.ofHours(12);

  private static final int EXPECTED_SIZE = 160;

  /// Signs with the dialling node's key, in answer to what `answering` has just said of itself.
  ///
  /// @param seed 32-byte Ed25519 seed of the key in `address`
  public static PeerGreeting sign(
      SecretBytes seed, NodeAddress address, Instant time, NodeInfo answering) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      byte[] message = signed(fields(address, time), answering.nodeKey(), answering.linkKeyHash());
      return new PeerGreeting(address, time, new Signature(ByteString.copyOf(key.sign(message))));
    }
  }

  /// Whether the node named here signed this for the link of `answering` with that certificate, at
  /// about `now`.
  public boolean isFor(NodeKey answering, ByteString linkKeyHash, Instant now) {
    return Duration.between(time, now).abs().compareTo(CLOCKS_APART) <= 0
        && new VerifyingKey(address.key().bytes())
            .accepts(signed(fields(address, time), answering, linkKeyHash), signature);
  }

  ByteString encode() {
    return fields(address, time).plus(signature.bytes());
  }

  static PeerGreeting read(ByteReader reader) throws MalformedException {
    if (reader.u8("version") != VERSION) {
      throw new MalformedException("version", "must be " + VERSION);
    }
    NodeKey key = new NodeKey(reader.bytes("node key", NodeKey.SIZE));
    Instant time = Instant.ofEpochMilli(reader.u64("time"));
    int port = Addresses.readPort(reader);
    String host = Addresses.readHost(reader);
    return new PeerGreeting(new NodeAddress(host, port, key), time, Signature.read(reader));
  }

  private static ByteString fields(NodeAddress address, Instant time) {
    return new FieldWriter(EXPECTED_SIZE)
        .u8(VERSION)
        .bytes(address.key().bytes())
        .u64(time.toEpochMilli())
        .u16(address.port())
        .shortText(address.host())
        .toByteString();
  }

  private static byte[] signed(ByteString fields, NodeKey answering, ByteString linkKeyHash) {
    return new FieldWriter(256)
        .label("waxwing peer v1")
        .bytes(answering.bytes())
        .bytes(linkKeyHash)
        .bytes(fields)
        .toByteArray();
  }

  @Override
  public String toString() {
    return "PeerGreeting[redacted]";
  }
}
