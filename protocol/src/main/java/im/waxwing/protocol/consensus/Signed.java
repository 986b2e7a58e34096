package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.FieldWriter;

/// A document and the signature of the authority whose it is: document ‖ signature.
public record Signed<D extends AuthorityDocument>(D document, AuthoritySignature signature) {
  public static <D extends AuthorityDocument> Signed<D> by(
      AuthorityKey key, int authority, D document) {
    return new Signed<>(document, key.sign(authority, document.statement()));
  }

  public int authority() {
    return signature.authority();
  }

  public boolean holds(AuthoritySet set) {
    return signature.holds(set, document.statement());
  }

  public ByteString encode() {
    ByteString bytes = document.encode();
    FieldWriter writer = new FieldWriter(bytes.size() + AuthoritySignature.SIZE).bytes(bytes);
    signature.write(writer);
    return writer.toByteString();
  }

  @Override
  public String toString() {
    return "Signed[redacted]";
  }
}
