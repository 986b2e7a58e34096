package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.packet.Instruction.PassOn;
import im.waxwing.primitives.X25519;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes the header of a packet for a whole path (packet.md §6).
final class Header {

  /// A layer as the sender sees it: the point its node will receive, and the keys both will have.
  record Layer(ByteString point, LayerKeys keys) {}

  private final Geometry geometry;

  Header(Geometry geometry) {
    this.geometry = geometry;
  }

  /// The points and keys of every layer, from the sender's ephemeral secret.
  ///
  /// @throws IllegalArgumentException if a packet key is of low order
  static List<Layer> layers(byte[] ephemeral, List<Hop> path) {
    List<Layer> layers = new ArrayList<>(path.size());
    byte[] point = X25519.publicKey(ephemeral);
    for (Hop hop : path) {
      LayerKeys keys = keys(ephemeral, hop, layers);
      layers.add(new Layer(ByteString.copyOf(point), keys));
      must(keys.blind(point, 0));
    }
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
    LayerKeys keys = new LayerKeys();
    keys.derive(shared);
    Arrays.fill(shared, (byte) 0);
    return keys;
  }

  private static void must(boolean agreed) {
    if (!agreed) {
      throw new IllegalArgumentException("a packet key is of low order");
    }
  }

  /// Writes the header to the start of `packet`.
  ///
  /// @param filler random bytes in place of the hops that the path is short of
  void write(List<Layer> layers, List<Hop> path, Instruction last, byte[] filler, byte[] packet) {
    byte[][] tails = tails(layers);
    byte[] routing = filler;
    Instruction instruction = last;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      routing = addLayer(layer.keys(), instruction, routing);
      ByteString code = code(layer, routing, i == 0 ? new byte[0] : tails[i - 1]);
      if (i > 0) {
        instruction = new PassOn(path.get(i - 1).delayMillis(), path.get(i).node(), code);
      } else {
        layer.point().copyTo(packet, Geometry.POINT_AT);
        System.arraycopy(routing, 0, packet, Geometry.ROUTING_AT, routing.length);
        code.copyTo(packet, geometry.macAt());
      }
    }
  }

  /// What the zeros that nodes append will have become when they reach each layer: entry i stands
  /// at the end of the routing information that node i hands on.
  private byte[][] tails(List<Layer> layers) {
    int whole = geometry.routingLength() + Geometry.COMMANDS_LENGTH;
    byte[][] tails = new byte[layers.size()][];
    byte[] before = {};
    for (int i = 0; i < layers.size(); i++) {
      byte[] stream = new byte[whole];
      layers.get(i).keys().applyRouting(new byte[whole], whole, stream);
      tails[i] = Arrays.copyOfRange(stream, whole - (i + 1) * Geometry.COMMANDS_LENGTH, whole);
      for (int j = 0; j < before.length; j++) {
        tails[i][j] ^= before[j];
      }
      before = tails[i];
    }
    return tails;
  }

  private static byte[] addLayer(LayerKeys keys, Instruction instruction, byte[] routing) {
    byte[] clear = new byte[Geometry.COMMANDS_LENGTH + routing.length];
    instruction.encode(clear);
    System.arraycopy(routing, 0, clear, Geometry.COMMANDS_LENGTH, routing.length);
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
        .update(layer.point().toByteArray(), 0, Geometry.POINT_LENGTH)
        .update(routing, 0, routing.length)
        .update(tail, 0, tail.length)
        .finish(code, 0);
    return ByteString.copyOf(code);
  }
}
