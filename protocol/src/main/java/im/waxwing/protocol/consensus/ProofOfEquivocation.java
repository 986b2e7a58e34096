package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import java.util.Optional;

/// Two documents of one kind for one epoch, both signed by one authority: it is two-faced, and this
/// proves it to everybody who knows the network's authorities (consensus.md §6).
///
/// @param statement about the document with the smaller hash
/// @param otherHash of the other document
public record ProofOfEquivocation(
    Statement statement,
    AuthoritySignature signature,
    ByteString otherHash,
    AuthoritySignature otherSignature) {
  public static final int VERSION = 1;

  public ProofOfEquivocation {
    Fields.demand(
        otherHash.size() == Fields.HASH_SIZE && statement.hash().compareTo(otherHash) < 0,
        "the two documents differ, the smaller hash first");
    Fields.demand(signature.authority() == otherSignature.authority(), "both are of one authority");
  }

  /// Empty if the two statements do not contradict each other.
  static Optional<ProofOfEquivocation> between(
      Statement one, AuthoritySignature oneSignature, Statement two, AuthoritySignature other) {
    if (one.kind() != two.kind()
        || one.epoch() != two.epoch()
        || !one.network().equals(two.network())
        || oneSignature.authority() != other.authority()
        || one.hash().equals(two.hash())) {
      return Optional.empty();
    }
    return Optional.of(
        one.hash().compareTo(two.hash()) < 0
            ? new ProofOfEquivocation(one, oneSignature, two.hash(), other)
            : new ProofOfEquivocation(two, other, one.hash(), oneSignature));
  }

  public int authority() {
    return signature.authority();
  }

  public boolean holds(AuthoritySet set) {
    Statement other =
        new Statement(statement.kind(), statement.network(), statement.epoch(), otherHash);
    return signature.holds(set, statement) && otherSignature.holds(set, other);
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(8192).u8(VERSION);
    statement.write(writer);
    signature.write(writer);
    otherSignature.write(writer.bytes(otherHash));
    return writer.toByteString();
  }

  /// @throws MalformedException if a field breaks a rule or bytes follow; signatures are not looked
  ///   at
  public static ProofOfEquivocation decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Fields.readVersion(reader, VERSION);
    Statement statement = Statement.read(reader);
    AuthoritySignature signature = AuthoritySignature.read(reader);
    ByteString otherHash = reader.bytes("hash", Fields.HASH_SIZE);
    AuthoritySignature other = AuthoritySignature.read(reader);
    reader.end("proof");
    return Fields.checked(
        "proof", () -> new ProofOfEquivocation(statement, signature, otherHash, other));
  }
}
