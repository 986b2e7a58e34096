package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Place;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;

/// Bob's mailbox at a node, and Alice's view of it.
record Mailboxes(OwnMailbox own) {
  static Mailboxes in(ByteString network) {
    return at(new NetworkAddress("network.example", 7443, new NetworkId(network)));
  }

  static Mailboxes at(Place place) {
    SecretBytes seed = SecretBytes.generate(32);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      MailboxTarget target = new MailboxTarget(place, mailboxKey, SecretBytes.generate(32));
      return new Mailboxes(new OwnMailbox(target, seed));
    }
  }

  OwnMailboxDay bob(Day day) {
    return OwnMailboxDay.of(own, day);
  }

  MailboxDay alice(Day day) {
    try {
      return MailboxDay.of(own.target(), day);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  static EnvelopeId id() {
    return new EnvelopeId(random(EnvelopeId.SIZE));
  }

  static Envelope envelope() {
    return new Envelope(random(Envelope.SIZE));
  }

  static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
