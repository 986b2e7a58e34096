package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.primitives.BlindedKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.primitives.Hkdf;
import java.util.Arrays;

/// A mailbox on one day as its writers see it: its address, and the right to deposit (mailbox.md
/// §2).
///
/// Making one costs two scalar multiplications; keep it while the day lasts. Safe for many threads.
public final class MailboxDay {
  private final ByteString audience;
  private final Day day;
  private final MailboxId id;
  private final Ed25519.SigningKey depositor;

  private MailboxDay(ByteString audience, Day day, MailboxId id, Ed25519.SigningKey depositor) {
    this.audience = audience;
    this.day = day;
    this.id = id;
    this.depositor = depositor;
  }

  /// Requests are signed for the node, or the network, where the mailbox stands (swarm.md §2).
  ///
  /// @throws MalformedException if the target's mailbox key, which a contact chose, is no key
  public static MailboxDay of(MailboxTarget target, Day day) throws MalformedException {
    byte[] blinded =
        BlindedKey.publicKey(target.key().bytes().toByteArray(), day.number())
            .orElseThrow(() -> new MalformedException("mailbox key", "must be a point"));
    Ed25519.SigningKey depositor = depositor(target, day);
    MailboxId id = MailboxId.of(key(blinded), key(depositor.publicKey()), day);
    return new MailboxDay(target.place().name(), day, id, depositor);
  }

  public MailboxId id() {
    return id;
  }

  public Day day() {
    return day;
  }

  /// Signs the deposit of an envelope.
  public Request.Deposit deposit(EnvelopeId envelopeId, Envelope envelope) {
    Signer signer = depositor::sign;
    ByteString fields = Request.Deposit.fields(id, envelopeId, envelope);
    return new Request.Deposit(
        id, envelopeId, envelope, signer.over(Operation.DEPOSIT, audience, fields));
  }

  // deposit seed of the day = HKDF(deposit secret, "waxwing deposit v1" ‖ P ‖ u32 day, 32)
  static Ed25519.SigningKey depositor(MailboxTarget target, Day day) {
    byte[] info =
        new FieldWriter(MailboxKey.SIZE + 24)
            .label("waxwing deposit v1")
            .bytes(target.key().bytes())
            .day(day)
            .toByteArray();
    byte[] secret = target.depositSecret().exposeSecret();
    byte[] seed = Hkdf.derive(new byte[0], secret, info, Ed25519.SEED_LENGTH);
    Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(seed, (byte) 0);
    return key;
  }

  static VerifyingKey key(byte[] bytes) {
    return new VerifyingKey(ByteString.copyOf(bytes));
  }

  @Override
  public String toString() {
    return "MailboxDay[redacted]";
  }
}
