package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.primitives.MlDsa65;
import im.waxwing.protocol.FieldWriter;

/// One of those who sign a network's consensus. Written as its *authority line*,
/// `host:port/KEY/LATTICE-KEY`, keys in base64url (consensus.md §2).
///
/// @param address where it answers; its key is the authority's Ed25519 key
/// @param latticeKey its ML-DSA-65 key, 1,952 bytes
public record Authority(NodeAddress address, ByteString latticeKey) {
  public Authority {
    Fields.demand(
        latticeKey.size() == MlDsa65.PUBLIC_KEY_LENGTH, "an ML-DSA-65 key has 1,952 bytes");
  }

  /// @throws MalformedException naming the part that is wrong
  public static Authority parse(String line) throws MalformedException {
    int slash = Math.max(0, line.lastIndexOf('/'));
    NodeAddress address = NodeAddress.parse(line.substring(0, slash));
    ByteString key = ByteString.parseBase64Url("authority key", line.substring(slash + 1));
    return Fields.checked("authority key", () -> new Authority(address, key));
  }

  /// The line to hand to the other authorities.
  public String format() {
    return address.format() + "/" + latticeKey.base64Url();
  }

  ByteString key() {
    return address.key().bytes();
  }

  void write(FieldWriter writer) {
    Fields.writeAddress(writer, address);
    writer.bytes(latticeKey);
  }

  static Authority read(ByteReader reader) throws MalformedException {
    NodeAddress address = Fields.readAddress(reader);
    return new Authority(address, reader.bytes("authority key", MlDsa65.PUBLIC_KEY_LENGTH));
  }

  @Override
  public String toString() {
    return "Authority[redacted]";
  }
}
