package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.OwnMailbox;
import im.waxwing.primitives.BlindedKey;
import im.waxwing.primitives.Ed25519;
import java.util.Arrays;
import java.util.List;

/// A mailbox on one day as its owner sees it: its address, and the right to open, read and empty it
/// (mailbox.md §2).
///
/// Making one costs two scalar multiplications; keep it while the day lasts. Safe for many threads.
public final class OwnMailboxDay {
  private final ByteString audience;
  private final Day day;
  private final VerifyingKey owner;
  private final VerifyingKey depositor;
  private final MailboxId id;
  private final Signer signer;

  private OwnMailboxDay(ByteString audience, Day day, BlindedKey key, VerifyingKey depositor) {
    this.audience = audience;
    this.day = day;
    this.owner = MailboxDay.key(key.publicKey());
    this.depositor = depositor;
    this.id = MailboxId.of(owner, depositor, day);
    this.signer = key::sign;
  }

  /// Requests are signed for the node, or the network, where the mailbox stands (swarm.md §2).
  public static OwnMailboxDay of(OwnMailbox mailbox, Day day) {
    byte[] seed = mailbox.ownerSeed().exposeSecret();
    try (Ed25519.SigningKey lasting = Ed25519.SigningKey.ofSeed(seed);
        Ed25519.SigningKey depositor = MailboxDay.depositor(mailbox.target(), day)) {
      return new OwnMailboxDay(
          mailbox.target().place().name(),
          day,
          lasting.blindedFor(day.number()),
          MailboxDay.key(depositor.publicKey()));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  public MailboxId id() {
    return id;
  }

  /// The owner key of the day, which a network's admission is earned for.
  public VerifyingKey owner() {
    return owner;
  }

  public Day day() {
    return day;
  }

  public Request.Open open(AdmissionToken token) {
    ByteString fields = Request.Open.fields(day, owner, depositor, token);
    return new Request.Open(
        day, owner, depositor, token, signer.over(Operation.OPEN, audience, fields));
  }

  public Request.Subscribe subscribe() {
    return new Request.Subscribe(id, signer.over(Operation.SUBSCRIBE, audience, id.bytes()));
  }

  /// Asks for the first envelope behind `after`; 0: from the start.
  public Request.Fetch fetch(long after) {
    ByteString fields = Request.Fetch.fields(id, after);
    return new Request.Fetch(id, after, signer.over(Operation.FETCH, audience, fields));
  }

  /// Acknowledges 1 to [Request.Delete#MAX_IDS] envelopes.
  public Request.Delete delete(List<EnvelopeId> ids) {
    ByteString fields = Request.Delete.fields(id, ids);
    return new Request.Delete(id, ids, signer.over(Operation.DELETE, audience, fields));
  }

  @Override
  public String toString() {
    return "OwnMailboxDay[redacted]";
  }
}
