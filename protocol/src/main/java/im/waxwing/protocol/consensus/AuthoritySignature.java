package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.primitives.MlDsa65;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.VerifyingKey;

/// An authority's signature of a [Statement] by both of its keys; it holds if both hold.
///
/// @param authority its place in the [AuthoritySet]
public record AuthoritySignature(int authority, Signature classical, ByteString lattice) {
  /// authority u8 ‖ Ed25519 64 ‖ ML-DSA-65 3,309
  public static final int SIZE = 1 + Signature.SIZE + MlDsa65.SIGNATURE_LENGTH;

  public AuthoritySignature {
    Fields.demand(authority >= 0 && authority < AuthoritySet.MOST, "no such authority");
    Fields.demand(
        lattice.size() == MlDsa65.SIGNATURE_LENGTH, "an ML-DSA-65 signature has 3,309 bytes");
  }

  public boolean holds(AuthoritySet set, Statement statement) {
    if (authority >= set.authorities().size() || !statement.network().equals(set.id())) {
      return false;
    }
    Authority signer = set.authorities().get(authority);
    byte[] message = statement.signed();
    return new VerifyingKey(signer.key()).accepts(message, classical)
        && MlDsa65.verify(signer.latticeKey().toByteArray(), message, lattice.toByteArray());
  }

  void write(FieldWriter writer) {
    writer.u8(authority).bytes(classical.bytes()).bytes(lattice);
  }

  static AuthoritySignature read(ByteReader reader) throws MalformedException {
    int authority = reader.u8("authority");
    Signature classical = new Signature(reader.bytes("signature", Signature.SIZE));
    ByteString lattice = reader.bytes("signature", MlDsa65.SIGNATURE_LENGTH);
    return Fields.checked("authority", () -> new AuthoritySignature(authority, classical, lattice));
  }
}
