package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.VerifyingKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// What opening a mailbox or laying a drawer costs in a network that is open to everybody: a proof
/// of work in place of an operator's token, which every member of a swarm can check (swarm.md §2).
/// Hashcash over SHA-256: the hash of the token and what it is for begins with so many zero bits.
///
/// @param network the network's id, 32 bytes
/// @param zeroBits 0 to [#MOST_BITS]; each one more doubles the work
public record SwarmAdmission(ByteString network, int zeroBits) {
  public static final int MOST_BITS = 40;

  public SwarmAdmission {
    if (zeroBits < 0 || zeroBits > MOST_BITS) {
      throw new IllegalArgumentException("0 to " + MOST_BITS + " bits");
    }
  }

  /// Whether the token pays for what `owner` keeps under `name`.
  ///
  /// @param name the mailbox's id or the drawer's handle, 32 bytes
  public boolean admits(AdmissionToken token, VerifyingKey owner, ByteString name) {
    MessageDigest hash = Digests.sha256();
    hash.update(what(owner, name));
    hash.update(token.secret().exposeSecret());
    return leadingZeros(hash.digest()) >= zeroBits;
  }

  /// Works for a token: 2^[#zeroBits] hashes in the mean.
  public AdmissionToken earn(VerifyingKey owner, ByteString name) {
    MessageDigest hash = Digests.sha256();
    byte[] what = what(owner, name);
    ByteBuffer token = ByteBuffer.allocate(AdmissionToken.SIZE);
    for (long tried = 0; ; tried++) {
      token.putLong(AdmissionToken.SIZE - Long.BYTES, tried);
      hash.update(what);
      hash.update(token.array());
      if (leadingZeros(hash.digest()) >= zeroBits) {
        return new AdmissionToken(SecretBytes.copyOf(token.array()));
      }
    }
  }

  private byte[] what(VerifyingKey owner, ByteString name) {
    return new FieldWriter(128)
        .label("waxwing swarm admission v1")
        .bytes(network)
        .bytes(owner.bytes())
        .bytes(name)
        .toByteArray();
  }

  private static int leadingZeros(byte[] hash) {
    return Long.numberOfLeadingZeros(ByteBuffer.wrap(hash).getLong());
  }
}
