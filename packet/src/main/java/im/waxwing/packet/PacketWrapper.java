package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Header.Layer;
import im.waxwing.packet.Instruction.HandOver;
import im.waxwing.packet.Instruction.HandOverReply;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes packets and reply blocks, and opens the answers to them (packet.md §6 and §8).
///
/// One thread at a time.
public final class PacketWrapper {

  private static final int KEY_LENGTH = LayerKeys.PAYLOAD_KEY_LENGTH;
  private static final int INITIAL_AT = 48;

  private final Geometry geometry;
  private final PayloadCipher cipher;
  private final RandomGenerator random;
  private final Header header;

  /// For packets of one geometry.
  public PacketWrapper(Geometry geometry) {
    this(geometry, new Lioness(), new SecureRandom());
  }

  /// With another cipher or known randomness: for vectors.
  PacketWrapper(Geometry geometry, PayloadCipher cipher, RandomGenerator random) {
    this.geometry = geometry;
    this.cipher = cipher;
    this.random = random;
    this.header = new Header(geometry);
  }

  /// A packet that carries `payload`, filled up with zeros, to `recipient` at the last node of the
  /// path.
  ///
  /// @param path 1 node to [Geometry#hops], in the order in which the packet passes them
  /// @param payload at most [Geometry#payloadLength] bytes
  /// @throws IllegalArgumentException if the path is empty or too long, the payload too long, or a
  ///   packet key of low order, malformed or of another profile
  public OutgoingPacket wrap(List<Hop> path, RecipientId recipient, byte[] payload) {
    byte[] packet = new byte[geometry.packetLength()];
    Payloads.place(payload, packet, geometry);
    List<Layer> layers = writeHeader(path, new HandOver(recipient), packet);
    for (Layer layer : layers.reversed()) {
      layer
          .keys()
          .encryptPayload(cipher, packet, geometry.headerLength(), geometry.sealedPayloadLength());
    }
    wipe(layers);
    return new OutgoingPacket(path.getFirst().node(), ByteString.copyOf(packet));
  }

  /// A reply block whose answer takes `path` and arrives as an [Unwrapped.Reply] at its last node.
  ///
  /// @throws IllegalArgumentException as [#wrap]
  public OwnReplyBlock replyBlock(List<Hop> path, RecipientId recipient, ReplyId reply) {
    byte[] block = new byte[geometry.replyBlockLength()];
    List<Layer> layers = writeHeader(path, new HandOverReply(recipient, reply), block);
    path.getFirst().node().bytes().copyTo(block, geometry.headerLength());
    byte[] answerKey = random(KEY_LENGTH);
    System.arraycopy(answerKey, 0, block, block.length - KEY_LENGTH, KEY_LENGTH);
    SecretBytes keys = keysLastHopFirst(layers, answerKey);
    wipe(layers);
    return new OwnReplyBlock(new ReplyBlock(ByteString.copyOf(block)), keys);
  }

  private static SecretBytes keysLastHopFirst(List<Layer> layers, byte[] answerKey) {
    byte[] keys = new byte[(layers.size() + 1) * KEY_LENGTH];
    int at = 0;
    for (Layer layer : layers.reversed()) {
      layer.keys().exportPayloadKey(keys, at);
      at += KEY_LENGTH;
    }
    System.arraycopy(answerKey, 0, keys, at, KEY_LENGTH);
    SecretBytes secret = SecretBytes.copyOf(keys);
    Arrays.fill(keys, (byte) 0);
    return secret;
  }

  /// Answers by a reply block: the packet for the first node of a path one does not know.
  ///
  /// @param payload at most [Geometry#payloadLength] bytes
  public OutgoingPacket reply(ReplyBlock block, byte[] payload) {
    byte[] bytes = block.bytes().toByteArray();
    if (bytes.length != geometry.replyBlockLength()) {
      throw new IllegalArgumentException("the reply block is of another geometry");
    }
    byte[] packet = new byte[geometry.packetLength()];
    Payloads.place(payload, packet, geometry);
    System.arraycopy(bytes, 0, packet, 0, geometry.headerLength());
    int keyAt = geometry.replyBlockLength() - KEY_LENGTH;
    cipher.encrypt(
        bytes,
        keyAt,
        bytes,
        keyAt + INITIAL_AT,
        packet,
        geometry.headerLength(),
        geometry.sealedPayloadLength());
    return new OutgoingPacket(block.firstHop(geometry), ByteString.copyOf(packet));
  }

  /// The clear answer that arrived as [Unwrapped.Reply#sealed]. Every node of the path has taken
  /// off a layer that nobody had put on; they are put on again, the last node's first.
  ///
  /// @param keys of the block that was answered
  /// @throws MalformedException if the answer has the wrong length, was changed on its way, or
  ///   answers another block
  public ByteString openReply(SecretBytes keys, ByteString sealed) throws MalformedException {
    if (sealed.size() != geometry.sealedPayloadLength()) {
      throw new MalformedException("reply", "has the wrong length");
    }
    byte[] secret = keys.exposeSecret();
    byte[] payload = sealed.toByteArray();
    int answerKeyAt = secret.length - KEY_LENGTH;
    for (int at = 0; at < answerKeyAt; at += KEY_LENGTH) {
      cipher.encrypt(secret, at, secret, at + INITIAL_AT, payload, 0, payload.length);
    }
    cipher.decrypt(
        secret, answerKeyAt, secret, answerKeyAt + INITIAL_AT, payload, 0, payload.length);
    Arrays.fill(secret, (byte) 0);
    return Payloads.open(payload, geometry);
  }

  private List<Layer> writeHeader(List<Hop> path, Instruction last, byte[] target) {
    if (path.isEmpty() || path.size() > geometry.hops()) {
      throw new IllegalArgumentException("a path has 1 to " + geometry.hops() + " hops");
    }
    List<Layer> layers = header.layers(path, random);
    byte[] filler = random((geometry.hops() - path.size()) * geometry.layerLength());
    header.write(layers, path, last, filler, target);
    return layers;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void wipe(List<Layer> layers) {
    layers.forEach(layer -> layer.keys().wipe());
  }
}
