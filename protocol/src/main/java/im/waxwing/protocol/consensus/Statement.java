package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.FieldWriter;

/// What an authority's signature says: "this is my document of this kind for this epoch". Whoever
/// signs two with other hashes is two-faced (consensus.md §6).
///
/// @param hash of the document, 32 bytes
public record Statement(Kind kind, NetworkId network, long epoch, ByteString hash) {
  /// kind u8 ‖ network id 32 ‖ epoch u64 ‖ hash 32
  public static final int SIZE = 1 + NetworkId.SIZE + 8 + Fields.HASH_SIZE;

  /// Documents of which an authority signs one an epoch.
  public enum Kind implements Numbered {
    VOTE(1),
    REVEAL(2),
    CONSENSUS(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }

  public Statement {
    Fields.demand(epoch >= 0 && hash.size() == Fields.HASH_SIZE, "a statement names a document");
  }

  byte[] signed() {
    FieldWriter writer = new FieldWriter(128).label("waxwing authority v1");
    write(writer);
    return writer.toByteArray();
  }

  void write(FieldWriter writer) {
    writer.u8(kind.number()).bytes(network.bytes()).u64(epoch).bytes(hash);
  }

  static Statement read(ByteReader reader) throws MalformedException {
    int kind = reader.u8("kind");
    NetworkId network = Fields.readNetwork(reader);
    long epoch = reader.u64("epoch");
    ByteString hash = reader.bytes("hash", Fields.HASH_SIZE);
    return Fields.checked(
        "kind", () -> new Statement(Numbered.pick(Kind.values(), kind), network, epoch, hash));
  }
}
