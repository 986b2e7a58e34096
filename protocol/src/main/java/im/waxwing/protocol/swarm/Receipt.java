package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.Signature;

/// The word of one member of a swarm that it has [Kept] an envelope: 96 bytes.
public record Receipt(NodeKey member, Signature signature) {
  static Receipt read(ByteReader reader) throws MalformedException {
    NodeKey member = new NodeKey(reader.bytes("member", NodeKey.SIZE));
    return new Receipt(member, Signature.read(reader));
  }

  void write(FieldWriter writer) {
    writer.bytes(member.bytes()).bytes(signature.bytes());
  }

  @Override
  public String toString() {
    return "Receipt[redacted]";
  }
}
