package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.util.List;

/// A node as the consensus lists it.
///
/// @param layer 1 to 3: where on a path it relays; 0: it does not
/// @param storage whether it keeps mailboxes as one of a swarm
/// @param weight 1 to 1,000: how often it is chosen, against others
public record Entry(
    NodeAddress address, int layer, boolean storage, int weight, Operator operator) {
  public static final int LAYERS = 3;

  public Entry {
    Fields.demand(layer >= 0 && layer <= LAYERS, "a layer is 1 to 3, or 0 for none");
    Fields.demand(layer > 0 || storage, "a node has a role");
    Fields.demand(Descriptor.isWeight(weight), "a node's weight is 1 to 1,000");
  }

  public NodeKey key() {
    return address.key();
  }

  static boolean areOrdered(List<NodeKey> keys) {
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).bytes().compareTo(keys.get(i).bytes()) >= 0) {
        return false;
      }
    }
    return keys.size() <= Consensus.MAX_NODES;
  }

  void write(FieldWriter writer) {
    Fields.writeAddress(writer, address);
    writer.u8(layer).u8(storage ? 1 : 0).u16(weight);
    operator.write(writer);
  }

  static Entry read(ByteReader reader) throws MalformedException {
    NodeAddress address = Fields.readAddress(reader);
    int layer = reader.u8("layer");
    int storage = reader.u8("storage");
    int weight = reader.u16("weight");
    Operator operator = Operator.read(reader);
    return Fields.checked(
        "entry",
        () -> {
          Fields.demand(storage <= 1, "must be 0 or 1");
          return new Entry(address, layer, storage == 1, weight, operator);
        });
  }

  @Override
  public String toString() {
    return "Entry[redacted]";
  }
}
