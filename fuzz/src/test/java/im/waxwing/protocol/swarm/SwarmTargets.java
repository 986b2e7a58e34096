package im.waxwing.protocol.swarm;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.Signature;
import java.util.List;

/// What members of a swarm say to each other, and what they sign for apps.
public final class SwarmTargets {
  private static final Day TODAY = new Day(20_780);
  private static final ByteString NETWORK = run(1, 32);
  private static final ByteString NAME = run(2, 32);
  private static final EnvelopeId ID = new EnvelopeId(run(3, EnvelopeId.SIZE));
  private static final EnvelopeId LATER = new EnvelopeId(run(4, EnvelopeId.SIZE));
  private static final Envelope ENVELOPE = new Envelope(run(5, Envelope.SIZE));
  private static final SecretBytes SEED = SecretBytes.copyOf(Cases.repeat(6, 32));
  private static final Kept KEPT = Kept.of(NETWORK, new MailboxId(NAME), ID, ENVELOPE, TODAY);
  private static final Digest DIGEST = new Digest(run(7, Digest.SIZE));

  private SwarmTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "peer-request",
            "im.waxwing.protocol.swarm.PeerRequest#decode",
            input -> PeerRequest.decode(ByteString.copyOf(input)).encode(),
            SwarmTargets::requests),
        Target.of(
            "original",
            "im.waxwing.protocol.Request#decode",
            input -> Request.decode(ByteString.copyOf(input)).encode(),
            SwarmTargets::originals),
        Target.of(
            "receipts",
            "im.waxwing.protocol.swarm.Receipts#decode",
            input -> taken(Receipts.decode(ByteString.copyOf(input))),
            SwarmTargets::receipts),
        Target.of(
            "day-digest",
            "im.waxwing.protocol.swarm.DayDigest#decode",
            input -> DayDigest.decode(ByteString.copyOf(input)).encode(),
            SwarmTargets::dayDigests),
        Target.of(
            "name-page",
            "im.waxwing.protocol.swarm.NamePage#decode",
            input -> NamePage.decode(ByteString.copyOf(input)).encode(),
            SwarmTargets::namePages),
        Target.of(
            "entry-page",
            "im.waxwing.protocol.swarm.EntryPage#decode",
            input -> EntryPage.decode(ByteString.copyOf(input)).encode(),
            SwarmTargets::entryPages));
  }

  private static void taken(Receipts receipts) {
    receipts.encode();
    receipts.prove(KEPT, List.of(KEPT.receipt(SEED).member()), Receipts.QUORUM);
  }

  private static Request.RemoveDrawer remove() {
    return new OwnDrawer(NETWORK, new DrawerHandle(NAME), SEED).remove();
  }

  private static Cases requests() {
    byte[] kept = new PeerRequest.AskWhetherKept(NAME, List.of(ID, LATER)).encode().toByteArray();
    Request.Deposit deposit =
        new Request.Deposit(new MailboxId(NAME), ID, ENVELOPE, new Signature(run(9, 64)));
    byte[] replicate = new PeerRequest.Replicate(remove()).encode().toByteArray();
    return new Cases()
        .with("success-replicate-remove", replicate)
        .with("success-replicate-deposit", new PeerRequest.Replicate(deposit).encode())
        .with("success-day", new PeerRequest.AskDay(TODAY).encode())
        .with("success-names", new PeerRequest.AskNames(TODAY, 2, NAME).encode())
        .with("success-entries", new PeerRequest.AskEntries(NAME, ID).encode())
        .with("success-pull", new PeerRequest.Pull(NAME, ID).encode())
        .with("success-whether-kept", kept)
        .with("unknown-operation", set(kept, 0, 7))
        .with("an-operation-of-one-node", set(cut(replicate, 10), 1, 9))
        .with("nothing-asked-for", set(kept, 33, 0))
        .with("too-much-asked-for", set(kept, 33, 101))
        .with("cut-short", cut(kept, 70))
        .with("too-long", Cases.join(kept, new byte[1]));
  }

  private static Cases originals() {
    byte[] remove = remove().encode().toByteArray();
    return new Cases()
        .with("success", remove)
        .with("unknown-operation", set(remove, 0, 99))
        .with("cut-short", cut(remove, 50))
        .with("too-long", Cases.join(remove, new byte[1]));
  }

  private static Cases receipts() {
    byte[] one = new Receipts(List.of(KEPT.receipt(SEED))).encode().toByteArray();
    return new Cases()
        .with("success-one", one)
        .with("success-none", new Receipts(List.of()).encode())
        .with("too-many", set(one, 0, 16))
        .with("cut-short", cut(one, 90))
        .with("too-long", Cases.join(one, new byte[1]));
  }

  private static Cases dayDigests() {
    byte[] digest = DayDigest.of(List.of(new NamePage.Line(NAME, DIGEST))).encode().toByteArray();
    return new Cases()
        .with("success", digest)
        .with("cut-short", cut(digest, 3071))
        .with("too-long", Cases.join(digest, new byte[1]));
  }

  private static Cases namePages() {
    NamePage.Line first = new NamePage.Line(NAME, DIGEST);
    NamePage.Line second = new NamePage.Line(run(3, 32), DIGEST);
    byte[] page = new NamePage(List.of(first, second), true).encode().toByteArray();
    return new Cases()
        .with("success", page)
        .with("success-empty", new NamePage(List.of(), false).encode())
        .with("more-neither-0-nor-1", set(page, 0, 2))
        .with("more-behind-nothing", new byte[] {1, 0})
        .with("too-many", set(page, 1, 81))
        .with("out-of-order", new NamePage(List.of(second, first), true).encode())
        .with("cut-short", cut(page, 60))
        .with("too-long", Cases.join(page, new byte[1]));
  }

  private static Cases entryPages() {
    EntryPage.Entry first = new EntryPage.Entry(ID, false);
    EntryPage.Entry second = new EntryPage.Entry(LATER, true);
    byte[] page = new EntryPage(List.of(first, second), true).encode().toByteArray();
    return new Cases()
        .with("success", page)
        .with("success-empty", new EntryPage(List.of(), false).encode())
        .with("more-behind-nothing", new byte[] {1, 0})
        .with("neither-there-nor-deleted", set(page, -1, 2))
        .with("too-many", set(page, 1, 101))
        .with("twice-the-same", new EntryPage(List.of(first, first), true).encode())
        .with("cut-short", cut(page, 60))
        .with("too-long", Cases.join(page, new byte[1]));
  }
}
