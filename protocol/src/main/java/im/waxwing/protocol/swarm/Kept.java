package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.VerifyingKey;
import java.util.Arrays;

/// What a member of a swarm confirms by a [Receipt]: that this envelope is on its disk, or was
/// there and was deleted by its owner (swarm.md §3).
///
/// @param network the network's id, 32 bytes
/// @param day of the mailbox
/// @param envelopeHash SHA-256 of the envelope
public record Kept(
    ByteString network, MailboxId mailbox, EnvelopeId id, ByteString envelopeHash, Day day) {
  public Kept {
    if (network.size() != Digests.HASH_SIZE || envelopeHash.size() != Digests.HASH_SIZE) {
      throw new IllegalArgumentException("network ids and hashes have 32 bytes");
    }
  }

  public static Kept of(
      ByteString network, MailboxId mailbox, EnvelopeId id, Envelope envelope, Day day) {
    return new Kept(network, mailbox, id, Digests.sha256(envelope.bytes()), day);
  }

  /// The member signs.
  ///
  /// @param nodeSeed 32-byte Ed25519 seed of the member's node key
  public Receipt receipt(SecretBytes nodeSeed) {
    byte[] seed = nodeSeed.exposeSecret();
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed)) {
      return new Receipt(
          new NodeKey(ByteString.copyOf(key.publicKey())),
          new Signature(ByteString.copyOf(key.sign(signed()))));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /// Whether the member named in the receipt signed this and nothing else.
  public boolean isConfirmedBy(Receipt receipt) {
    return new VerifyingKey(receipt.member().bytes()).accepts(signed(), receipt.signature());
  }

  private byte[] signed() {
    return new FieldWriter(160)
        .label("waxwing receipt v1")
        .bytes(network)
        .bytes(mailbox.bytes())
        .bytes(id.bytes())
        .bytes(envelopeHash)
        .day(day)
        .toByteArray();
  }

  @Override
  public String toString() {
    return "Kept[redacted]";
  }
}
