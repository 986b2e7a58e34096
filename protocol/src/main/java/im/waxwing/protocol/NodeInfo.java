package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a node says of itself first of all on a link, and again each epoch, signed by the key that
/// apps pin (node.md §3).
///
/// @param linkKeyHash SHA-256 of the SubjectPublicKeyInfo of the link's TLS certificate; binds the
///   link to the node key
/// @param time the node's clock, to the millisecond
/// @param epoch number of the epoch that `packetKeys` begins with
/// @param packetKeys X25519 keys for this epoch and the next two
/// @param build SHA-256 of the program that runs
public record NodeInfo(
    NodeKey nodeKey,
    ByteString linkKeyHash,
    Instant time,
    long epoch,
    List<ByteString> packetKeys,
    ByteString build,
    Signature signature) {
  public static final int VERSION = 1;
  public static final int EPOCHS = 3;
  public static final int HASH_SIZE = 32;
  public static final int PACKET_KEY_SIZE = 32;

  /// 1 + node key + hash + time 8 + epoch 8 + keys + build + signature
  public static final int SIZE =
      1 + NodeKey.SIZE + HASH_SIZE + 16 + EPOCHS * PACKET_KEY_SIZE + HASH_SIZE + Signature.SIZE;

  public NodeInfo {
    packetKeys = List.copyOf(packetKeys);
    if (packetKeys.size() != EPOCHS) {
      throw new IllegalArgumentException("a node names keys for " + EPOCHS + " epochs");
    }
  }

  /// Signs with the node's key.
  ///
  /// @param nodeSeed 32-byte Ed25519 seed
  public static NodeInfo sign(
      SecretBytes nodeSeed,
      ByteString linkKeyHash,
      Instant time,
      long epoch,
      List<ByteString> packetKeys,
      ByteString build) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(nodeSeed.exposeSecret())) {
      NodeKey nodeKey = new NodeKey(ByteString.copyOf(key.publicKey()));
      ByteString fields = fields(nodeKey, linkKeyHash, time, epoch, packetKeys, build);
      Signature signature = new Signature(ByteString.copyOf(key.sign(signed(fields))));
      return new NodeInfo(nodeKey, linkKeyHash, time, epoch, packetKeys, build, signature);
    }
  }

  /// Whether the node known by `pinned` signed this for the link whose certificate has
  /// `seenLinkKeyHash`.
  public boolean isFrom(NodeKey pinned, ByteString seenLinkKeyHash) {
    return nodeKey.equals(pinned)
        && linkKeyHash.equals(seenLinkKeyHash)
        && new VerifyingKey(pinned.bytes()).accepts(signed(fields()), signature);
  }

  /// Whether the node known by `pinned` signed this, on whichever link: another node handed it on.
  public boolean isSignedBy(NodeKey pinned) {
    return isFrom(pinned, linkKeyHash);
  }

  /// [#SIZE] bytes: the body of an answer to [Request.Reach].
  public ByteString encode() {
    return fields().plus(signature.bytes());
  }

  /// Reads the body of an answer to [Request.Reach].
  public static NodeInfo decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    NodeInfo info = read(reader);
    reader.end("nodeInfo");
    return info;
  }

  static NodeInfo read(ByteReader reader) throws MalformedException {
    if (reader.u8("version") != VERSION) {
      throw new MalformedException("version", "must be " + VERSION);
    }
    NodeKey nodeKey = new NodeKey(reader.bytes("node key", NodeKey.SIZE));
    ByteString linkKeyHash = reader.bytes("link key hash", HASH_SIZE);
    Instant time = Instant.ofEpochMilli(reader.u64("time"));
    long epoch = reader.u64("epoch");
    List<ByteString> packetKeys = new ArrayList<>(EPOCHS);
    for (int i = 0; i < EPOCHS; i++) {
      packetKeys.add(reader.bytes("packet key", PACKET_KEY_SIZE));
    }
    ByteString build = reader.bytes("build", HASH_SIZE);
    return new NodeInfo(
        nodeKey, linkKeyHash, time, epoch, packetKeys, build, Signature.read(reader));
  }

  private ByteString fields() {
    return fields(nodeKey, linkKeyHash, time, epoch, packetKeys, build);
  }

  private static ByteString fields(
      NodeKey nodeKey,
      ByteString linkKeyHash,
      Instant time,
      long epoch,
      List<ByteString> packetKeys,
      ByteString build) {
    FieldWriter writer =
        new FieldWriter(SIZE)
            .u8(VERSION)
            .bytes(nodeKey.bytes())
            .bytes(linkKeyHash)
            .u64(time.toEpochMilli())
            .u64(epoch);
    packetKeys.forEach(writer::bytes);
    return writer.bytes(build).toByteString();
  }

  private static byte[] signed(ByteString fields) {
    return new FieldWriter(SIZE + 32).label("waxwing nodeInfo v1").bytes(fields).toByteArray();
  }

  @Override
  public String toString() {
    return "NodeInfo[redacted]";
  }
}
