package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import java.util.ArrayList;
import java.util.List;

/// Mailboxes of today at one node, and packets that bring envelopes into them, no two the same.
final class DepositMaker {
  private final NodeAddress.WithAdmission address;
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final List<Request.Open> opens = new ArrayList<>();
  private final List<MailboxDay> targets = new ArrayList<>();
  private long numbers;

  DepositMaker(NodeAddress.WithAdmission address, Day today, int mailboxes)
      throws MalformedException {
    this.address = address;
    for (int i = 0; i < mailboxes; i++) {
      OwnMailbox mailbox = mailbox(address.node());
      opens.add(OwnMailboxDay.of(mailbox, today).open(address.token()));
      targets.add(MailboxDay.of(mailbox.target(), today));
    }
  }

  private static OwnMailbox mailbox(NodeAddress node) {
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    try (Ed25519.SigningKey owner = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey key = new MailboxKey(ByteString.copyOf(owner.publicKey()));
      SecretBytes deposit = SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE);
      return new OwnMailbox(new MailboxTarget(node, key, deposit), seed);
    }
  }

  /// What opens the mailboxes.
  List<Request.Open> opens() {
    return opens;
  }

  /// Packets that open the mailboxes.
  List<byte[]> openPackets(ByteString packetKey) {
    return opens.stream().map(open -> packet(packetKey, open)).toList();
  }

  /// Packets with deposits, spread over the mailboxes.
  List<byte[]> deposits(ByteString packetKey, int count) {
    List<byte[]> packets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      MailboxDay target = targets.get(i % targets.size());
      packets.add(
          packet(
              packetKey,
              target.deposit(
                  new EnvelopeId(random(EnvelopeId.SIZE)), new Envelope(random(Envelope.SIZE)))));
    }
    return packets;
  }

  private byte[] packet(ByteString packetKey, Request request) {
    byte[] payload = new NumberedRequest(++numbers, request).encode();
    List<Hop> path = List.of(Hop.of(address.node().key(), packetKey));
    return wrapper.wrap(path, RecipientId.NODE, payload).packet().toByteArray();
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
