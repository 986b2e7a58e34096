package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.primitives.Ed25519;
import java.util.Arrays;

/// Makes mailboxes: a random key whose owner is this device.
final class OwnMailboxes {
  private OwnMailboxes() {}

  static OwnMailbox generate(NodeAddress node, SecretBytes depositSecret) {
    SecretBytes ownerSeed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    byte[] seed = ownerSeed.exposeSecret();
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed)) {
      MailboxKey reader = new MailboxKey(ByteString.copyOf(key.publicKey()));
      return new OwnMailbox(new MailboxTarget(node, reader, depositSecret), ownerSeed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}
