package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
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
  private final NodeKey node;
  private final Day day;
  private final VerifyingKey owner;
  private final VerifyingKey depositor;
  private final MailboxId id;
  private final Signer signer;

  private OwnMailboxDay(NodeKey node, Day day, BlindedKey key, VerifyingKey depositor) {
    this.node = node;
    this.day = day;
    this.owner = MailboxDay.key(key.publicKey());
    this.depositor = depositor;
    this.id = MailboxId.of(owner, depositor, day);
    this.signer = key::sign;
  }

  public static OwnMailboxDay of(OwnMailbox mailbox, Day day) {
    byte[] seed = mailbox.ownerSeed().exposeSecret();
    try (Ed25519.SigningKey lasting = Ed25519.SigningKey.ofSeed(seed);
        Ed25519.SigningKey depositor = MailboxDay.depositor(mailbox.target(), day)) {
      return new OwnMailboxDay(
          mailbox.target().node().key(),
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

  public Day day() {
    return day;
  }

  public Request.Open open(AdmissionToken token) {
    ByteString fields = Request.Open.fields(day, owner, depositor, token);
    return new Request.Open(
        day, owner, depositor, token, signer.over(Operation.OPEN, node, fields));
  }

  public Request.Subscribe subscribe() {
    return new Request.Subscribe(id, signer.over(Operation.SUBSCRIBE, node, id.bytes()));
  }

  /// Asks for the first envelope behind `after`; 0: from the start.
  public Request.Fetch fetch(long after) {
    ByteString fields = Request.Fetch.fields(id, after);
    return new Request.Fetch(id, after, signer.over(Operation.FETCH, node, fields));
  }

  /// Acknowledges 1 to [Request.Delete#MAX_IDS] envelopes.
  public Request.Delete delete(List<EnvelopeId> ids) {
    ByteString fields = Request.Delete.fields(id, ids);
    return new Request.Delete(id, ids, signer.over(Operation.DELETE, node, fields));
  }

  @Override
  public String toString() {
    return "OwnMailboxDay[redacted]";
  }
}
