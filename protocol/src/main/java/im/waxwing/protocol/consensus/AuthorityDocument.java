package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.FieldWriter;

/// What an authority signs one of in an epoch.
public sealed interface AuthorityDocument permits Vote, Reveal, Consensus {
  /// The most bytes of a document with its signatures.
  int MAX_SIZE = 1 << 20;

  Statement.Kind kind();

  NetworkId network();

  /// The epoch it is for, not the one it is made in.
  long epoch();

  ByteString encode();

  /// SHA-256 of the label of its kind and its bytes.
  default ByteString hash() {
    ByteString bytes = encode();
    return Fields.hash(
        new FieldWriter(bytes.size() + 32)
            .label("waxwing document v1")
            .u8(kind().number())
            .bytes(bytes));
  }

  default Statement statement() {
    return new Statement(kind(), network(), epoch(), hash());
  }
}
