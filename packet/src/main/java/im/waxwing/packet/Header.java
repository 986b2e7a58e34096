package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.packet.Instruction.PassOn;
import im.waxwing.primitives.X25519;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes the header of a packet for a whole path (packet.md §6 and §12).
final class Header {

  /// A layer as the sender sees it: what its node will receive at the front of the header, a point
  /// or a ciphertext, and the keys both will have.
  record Layer(ByteString element, LayerKeys keys) {}

  private final Geometry geometry;

  Header(Geometry geometry) {
    this.geometry = geometry;
  }

  /// Fresh elements and keys of every layer.
  ///
  /// @throws IllegalArgumentException if a packet key is none, or of another profile
  List<Layer> layers(List<Hop> path, RandomGenerator random) {
    for (Hop hop : path) {
      if (hop.packetKey().size() != geometry.profile().packetKeyLength()) {
        throw new IllegalArgumentException("a packet key is of another profile");
      }
    }
    return switch (geometry.profile()) {
      case NIKE -> blinded(path, random);
      case HYBRID -> path.stream().map(hop -> encapsulated(hop, random)).toList();
    };
  }

  private static List<Layer> blinded(List<Hop> path, RandomGenerator random) {
    byte[] ephemeral = new byte[X25519.LENGTH];
    random.nextBytes(ephemeral);
    List<Layer> layers = new ArrayList<>(path.size());
    byte[] point = X25519.publicKey(ephemeral);
    for (Hop hop : path) {
      LayerKeys keys = keys(ephemeral, hop, layers);
      layers.add(new Layer(ByteString.copyOf(point), keys));
      must(keys.blind(point, 0));
    }
    Arrays.fill(ephemeral, (byte) 0);
    return layers;
  }

  /// What a node will compute from its point, the sender computes by blinding its own secret with
  /// every layer before.
  private static LayerKeys keys(byte[] ephemeral, Hop hop, List<Layer> before) {
    byte[] shared = hop.packetKey().toByteArray();
    must(X25519.agree(ephemeral, 0, shared, 0, shared, 0));
    for (Layer layer : before) {
      must(layer.keys().blind(shared, 0));
    }
    return keysOf(shared);
  }

  private static Layer encapsulated(Hop hop, RandomGenerator random) {
    byte[] ciphertext = new byte[HybridKem.CIPHERTEXT_LENGTH];
    byte[] shared = new byte[X25519.LENGTH];
    must(HybridKem.encapsulate(hop.packetKey().toByteArray(), random, ciphertext, shared));
    return new Layer(ByteString.copyOf(ciphertext), keysOf(shared));
  }

  /// The keys of a secret, which is wiped.
  private static LayerKeys keysOf(byte[] shared) {
    LayerKeys keys = new LayerKeys();
    keys.derive(shared);
    Arrays.fill(shared, (byte) 0);
    return keys;
  }

  private static void must(boolean agreed) {
    if (!agreed) {
      throw new IllegalArgumentException("a packet key is of low order or malformed");
    }
  }

  /// Writes the header to the start of `packet`.
  ///
  /// @param filler random bytes in place of the hops that the path is short of
  void write(List<Layer> layers, List<Hop> path, Instruction last, byte[] filler, byte[] packet) {
    byte[][] tails = tails(layers);
    byte[] routing = filler;
    Instruction instruction = last;
    ByteString nextElement = ByteString.EMPTY;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      routing = addLayer(layer.keys(), instruction, nextElement, routing);
      nextElement = layer.element();
      ByteString code = code(layer, routing, i == 0 ? new byte[0] : tails[i - 1]);
      if (i > 0) {
        instruction = new PassOn(path.get(i - 1).delayMillis(), path.get(i).node(), code);
      } else {
        nextElement.copyTo(packet, Geometry.ELEMENT_AT);
        System.arraycopy(routing, 0, packet, geometry.routingAt(), routing.length);
        code.copyTo(packet, geometry.macAt());
      }
    }
  }

  /// What the zeros that nodes append will have become when they reach each layer: entry i stands
  /// at the end of the routing information that node i hands on.
  private byte[][] tails(List<Layer> layers) {
    int whole = geometry.routingLength() + geometry.layerLength();
    byte[][] tails = new byte[layers.size()][];
    byte[] before = {};
    for (int i = 0; i < layers.size(); i++) {
      byte[] stream = new byte[whole];
      layers.get(i).keys().applyRouting(new byte[whole], whole, stream);
      tails[i] = Arrays.copyOfRange(stream, whole - (i + 1) * geometry.layerLength(), whole);
      for (int j = 0; j < before.length; j++) {
        tails[i][j] ^= before[j];
      }
      before = tails[i];
    }
    return tails;
  }

  /// @param nextElement what the next node will receive; empty for the last node
  private byte[] addLayer(
      LayerKeys keys, Instruction instruction, ByteString nextElement, byte[] routing) {
    byte[] clear = new byte[geometry.layerLength() + routing.length];
    instruction.encode(clear);
    if (geometry.profile().carriedLength() > 0) {
      nextElement.copyTo(clear, Geometry.COMMANDS_LENGTH);
    }
    System.arraycopy(routing, 0, clear, geometry.layerLength(), routing.length);
    byte[] sealed = new byte[clear.length];
    keys.applyRouting(clear, clear.length, sealed);
    return sealed;
  }

  private static ByteString code(Layer layer, byte[] routing, byte[] tail) {
    byte[] code = new byte[Geometry.MAC_LENGTH];
    layer
        .keys()
        .startMac()
        .update(new byte[Geometry.VERSION_LENGTH], 0, Geometry.VERSION_LENGTH)
        .update(layer.element().toByteArray(), 0, layer.element().size())
        .update(routing, 0, routing.length)
        .update(tail, 0, tail.length)
        .finish(code, 0);
    return ByteString.copyOf(code);
  }
}
