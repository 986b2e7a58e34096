package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/// A consensus and the authorities' signatures of it: document ‖ count u8 ‖ signatures.
///
/// @param signatures in the order of the authorities, one each
public record SignedConsensus(Consensus consensus, List<AuthoritySignature> signatures) {
  public SignedConsensus {
    signatures = List.copyOf(signatures);
    for (int i = 1; i < signatures.size(); i++) {
      Fields.demand(
          signatures.get(i - 1).authority() < signatures.get(i).authority(),
          "signatures are in the order of the authorities");
    }
  }

  /// Whether more than half of the network's authorities signed; signatures that do not hold count
  /// for nothing.
  public boolean isSignedBy(AuthoritySet set) {
    return signers(set).size() >= set.threshold();
  }

  /// The authorities whose signatures hold.
  public List<Integer> signers(AuthoritySet set) {
    Statement statement = consensus.statement();
    return signatures.stream()
        .filter(signature -> signature.holds(set, statement))
        .map(AuthoritySignature::authority)
        .toList();
  }

  public ByteString encode() {
    ByteString document = consensus.encode();
    FieldWriter writer =
        new FieldWriter(document.size() + 1 + signatures.size() * AuthoritySignature.SIZE)
            .bytes(document)
            .u8(signatures.size());
    signatures.forEach(signature -> signature.write(writer));
    return writer.toByteString();
  }

  /// @throws MalformedException if a field breaks a rule or bytes follow; signatures are not looked
  ///   at
  public static SignedConsensus decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Consensus consensus = Consensus.read(reader);
    int count = reader.u8("count");
    List<AuthoritySignature> signatures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signatures.add(AuthoritySignature.read(reader));
    }
    reader.end("consensus");
    return Fields.checked("signatures", () -> new SignedConsensus(consensus, signatures));
  }
}
