package im.waxwing.carrier.contract;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Drawer;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Place;
import im.waxwing.primitives.Ed25519;

/// Mailboxes, envelopes and drawers with random content.
public final class Fixtures {
  private Fixtures() {}

  public static OwnMailbox mailboxAt(Place place) {
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      SecretBytes depositSecret = SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE);
      return new OwnMailbox(new MailboxTarget(place, mailboxKey, depositSecret), seed);
    }
  }

  public static Deposit depositFor(OwnMailbox mailbox, Day day) {
    return new Deposit(mailbox.target(), day, new EnvelopeId(random(EnvelopeId.SIZE)), envelope());
  }

  public static Envelope envelope() {
    return new Envelope(random(Envelope.SIZE));
  }

  public static Drawer drawer(Day lastDay) {
    return new Drawer(
        new DrawerHandle(random(DrawerHandle.SIZE)),
        SecretBytes.generate(32),
        sealedObject(),
        lastDay);
  }

  public static Drawer.Sealed sealedObject() {
    return new Drawer.Sealed(random(Drawer.Sealed.SIZE));
  }

  public static AdmissionToken token() {
    return new AdmissionToken(SecretBytes.generate(AdmissionToken.SIZE));
  }

  public static ByteString nonce() {
    return random(16);
  }

  public static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
