package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.FieldWriter;

/// The random value that an authority committed to in its [Vote].
///
/// @param value 32 bytes
public record Reveal(NetworkId network, long epoch, ByteString value) implements AuthorityDocument {
  public static final int VERSION = 1;
  public static final int VALUE_SIZE = 32;

  public Reveal {
    Fields.demand(epoch >= 0 && value.size() == VALUE_SIZE, "a random value has 32 bytes");
  }

  /// What the vote carries: the hash of the value and of whose and for when it is.
  public ByteString commitment(int authority) {
    return Fields.hash(
        new FieldWriter(128)
            .label("waxwing random v1")
            .bytes(network.bytes())
            .u64(epoch)
            .u8(authority)
            .bytes(value));
  }

  @Override
  public Statement.Kind kind() {
    return Statement.Kind.REVEAL;
  }

  @Override
  public ByteString encode() {
    return new FieldWriter(80)
        .u8(VERSION)
        .bytes(network.bytes())
        .u64(epoch)
        .bytes(value)
        .toByteString();
  }

  /// @throws MalformedException if a field breaks a rule or bytes follow; the signature is not
  ///   looked at
  public static Signed<Reveal> decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Fields.readVersion(reader, VERSION);
    NetworkId network = Fields.readNetwork(reader);
    long epoch = reader.u64("epoch");
    Reveal reveal = new Reveal(network, epoch, reader.bytes("value", VALUE_SIZE));
    Signed<Reveal> signed = new Signed<>(reveal, AuthoritySignature.read(reader));
    reader.end("reveal");
    return signed;
  }

  @Override
  public String toString() {
    return "Reveal[redacted]";
  }
}
