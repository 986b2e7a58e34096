package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.packet.Instruction.HandOver;
import im.waxwing.packet.Instruction.HandOverReply;
import im.waxwing.packet.Instruction.PassOn;
import im.waxwing.primitives.Blake2b;
import im.waxwing.primitives.ConstantTime;
import im.waxwing.primitives.X25519;
import java.util.Arrays;

/// Removes one layer at a node (packet.md §7).
///
/// Holds its working memory, so that a packet costs one allocation of its own size: one thread at a
/// time, one instance per event loop.
public final class PacketUnwrapper {

  private final Geometry geometry;
  private final PayloadCipher cipher;
  private final LayerKeys keys = new LayerKeys();
  private final byte[] shared = new byte[X25519.LENGTH];
  private final byte[] code = new byte[Geometry.MAC_LENGTH];
  private final byte[] sealedRouting;
  private final byte[] routing;
  private final byte[] next;

  /// For packets of one geometry.
  public PacketUnwrapper(Geometry geometry) {
    this(geometry, new Lioness());
  }

  PacketUnwrapper(Geometry geometry, PayloadCipher cipher) {
    this.geometry = geometry;
    this.cipher = cipher;
    this.sealedRouting = new byte[geometry.routingLength() + geometry.layerLength()];
    this.routing = new byte[sealedRouting.length];
    this.next = new byte[geometry.packetLength()];
  }

  /// The packet without its outermost layer. `packet` may be any bytes a stranger sent; it is not
  /// changed. Does not know whether the packet came before: ask [ReplayTags].
  ///
  /// @param key of the geometry's profile
  /// @throws MalformedException if the packet was not made for this key, or was changed on its way
  public Unwrapped unwrap(PacketKey key, byte[] packet) throws MalformedException {
    if (key.profile() != geometry.profile()) {
      throw new IllegalArgumentException("the packet key is of another profile");
    }
    try {
      authenticate(key, packet);
      Instruction instruction = openRouting(packet);
      openPayload(packet);
      return follow(instruction, packet);
    } finally {
      keys.wipe();
      Arrays.fill(shared, (byte) 0);
    }
  }

  /// Nothing of the packet is interpreted before its code is right.
  private void authenticate(PacketKey key, byte[] packet) throws MalformedException {
    if (packet.length != geometry.packetLength()) {
      throw new MalformedException("packet", "has the wrong length");
    }
    if ((packet[0] | packet[1]) != 0) {
      throw new MalformedException("packet version", "is unknown");
    }
    if (!key.agree(packet, shared)) {
      throw new MalformedException("packet point", "is of low order");
    }
    keys.derive(shared);
    keys.startMac().update(packet, 0, geometry.macAt()).finish(code, 0);
    if (!ConstantTime.equal(code, 0, packet, geometry.macAt(), Geometry.MAC_LENGTH)) {
      throw new MalformedException("packet header", "has a wrong code");
    }
  }

  /// Zeros are appended before decryption, so that the next header is as long as this one.
  private Instruction openRouting(byte[] packet) throws MalformedException {
    System.arraycopy(packet, geometry.routingAt(), sealedRouting, 0, geometry.routingLength());
    keys.applyRouting(sealedRouting, sealedRouting.length, routing);
    return Instruction.decode(routing);
  }

  private void openPayload(byte[] packet) {
    int at = geometry.headerLength();
    System.arraycopy(packet, at, next, at, geometry.sealedPayloadLength());
    keys.decryptPayload(cipher, next, at, geometry.sealedPayloadLength());
  }

  private Unwrapped follow(Instruction instruction, byte[] packet) throws MalformedException {
    ByteString tag = replayTag(packet);
    return switch (instruction) {
      case PassOn pass -> forward(tag, pass, packet);
      case HandOver(var recipient) -> deliver(tag, recipient);
      case HandOverReply(var recipient, var reply) ->
          new Unwrapped.Reply(tag, recipient, reply, sealedPayload());
    };
  }

  private ByteString replayTag(byte[] packet) {
    ByteString element =
        ByteString.copyOf(packet, Geometry.ELEMENT_AT, geometry.profile().elementLength());
    return switch (geometry.profile()) {
      case NIKE -> element;
      case HYBRID -> ByteString.copyOf(Blake2b.hash(element.toByteArray()));
    };
  }

  private Unwrapped forward(ByteString tag, PassOn pass, byte[] packet) throws MalformedException {
    if (!placeNextElement(packet)) {
      throw new MalformedException("packet point", "is of low order");
    }
    System.arraycopy(
        routing, geometry.layerLength(), next, geometry.routingAt(), geometry.routingLength());
    pass.mac().copyTo(next, geometry.macAt());
    return new Unwrapped.Forward(tag, pass.next(), pass.delayMillis(), ByteString.copyOf(next));
  }

  /// A point changes here, a ciphertext was carried by the layer. False if the point is of low
  /// order.
  private boolean placeNextElement(byte[] packet) {
    int length = geometry.profile().elementLength();
    return switch (geometry.profile()) {
      case NIKE -> {
        System.arraycopy(packet, Geometry.ELEMENT_AT, next, Geometry.ELEMENT_AT, length);
        yield keys.blind(next, Geometry.ELEMENT_AT);
      }
      case HYBRID -> {
        System.arraycopy(routing, Geometry.COMMANDS_LENGTH, next, Geometry.ELEMENT_AT, length);
        yield true;
      }
    };
  }

  private Unwrapped deliver(ByteString tag, RecipientId recipient) throws MalformedException {
    return new Unwrapped.Deliver(tag, recipient, Payloads.open(next, geometry));
  }

  private ByteString sealedPayload() {
    return ByteString.copyOf(next, geometry.headerLength(), geometry.sealedPayloadLength());
  }
}
