package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Place;
import im.waxwing.primitives.Ed25519;
import java.util.Arrays;

/// Makes mailboxes: a random Ed25519 key whose owner is this device (mailbox.md §1).
public final class OwnMailboxes {
  private OwnMailboxes() {}

  public static OwnMailbox generate(Place place, SecretBytes depositSecret) {
    SecretBytes ownerSeed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    byte[] seed = ownerSeed.exposeSecret();
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed)) {
      MailboxKey reader = new MailboxKey(ByteString.copyOf(key.publicKey()));
      return new OwnMailbox(new MailboxTarget(place, reader, depositSecret), ownerSeed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}
