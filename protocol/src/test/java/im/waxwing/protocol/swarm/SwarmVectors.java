package im.waxwing.protocol.swarm;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes `spec/vectors/swarm.json` from a seed; the same bytes every time (swarm.md §9).
final class SwarmVectors {
  private static final long SEED = 5;
  private static final Day DAY = new Day(20_780);
  private static final int ZERO_BITS = 12;

  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final Random random = new Random(SEED);
  private final ByteString network = bytes(32);
  private final List<SecretBytes> members = new ArrayList<>();

  String generate() throws Exception {
    ObjectNode root = json.createObjectNode();
    root.put("specification", "swarm.md");
    put(root, "network_id", network);
    addMembers(root.putArray("members"));
    OwnMailbox mailbox = mailbox();
    OwnMailboxDay bob = OwnMailboxDay.of(mailbox, DAY);
    Request.Deposit deposit =
        MailboxDay.of(mailbox.target(), DAY)
            .deposit(new EnvelopeId(bytes(32)), new Envelope(run(0x0e, Envelope.SIZE)));
    root.put("day", DAY.number());
    put(root, "mailbox_id", bob.id().bytes());
    put(root, "owner_key", bob.owner().bytes());
    SwarmAdmission admission = new SwarmAdmission(network, ZERO_BITS);
    AdmissionToken token = admission.earn(bob.owner(), bob.id().bytes());
    root.put("admission_zero_bits", ZERO_BITS);
    put(root, "admission_token", ByteString.copyOf(token.secret().exposeSecret()));
    put(root, "open", bob.open(token).encode());
    put(root, "deposit", deposit.encode());
    addReceipts(root, deposit);
    addPeerRequests(root.putObject("peer_requests"), bob, token, deposit);
    return json.writeValueAsString(root) + "\n";
  }

  private void addMembers(ArrayNode array) {
    for (int i = 0; i < 5; i++) {
      SecretBytes seed = SecretBytes.copyOf(bytes(32).toByteArray());
      members.add(seed);
      ObjectNode member = array.addObject();
      put(member, "seed", ByteString.copyOf(seed.exposeSecret()));
      put(member, "node_key", key(seed).bytes());
    }
  }

  private static NodeKey key(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  private OwnMailbox mailbox() {
    SecretBytes seed = SecretBytes.copyOf(bytes(32).toByteArray());
    NetworkAddress address = new NetworkAddress("node.example", 7443, new NetworkId(network));
    SecretBytes secret = SecretBytes.copyOf(bytes(32).toByteArray());
    return new OwnMailbox(
        new MailboxTarget(address, new MailboxKey(key(seed).bytes()), secret), seed);
  }

  private void addReceipts(ObjectNode root, Request.Deposit deposit) {
    Kept kept = Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), DAY);
    Kept otherDay =
        Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), DAY.plus(1));
    Kept otherEnvelope =
        Kept.of(
            network, deposit.mailbox(), deposit.id(), new Envelope(run(0x0f, Envelope.SIZE)), DAY);
    Kept otherNetwork =
        Kept.of(bytes(32), deposit.mailbox(), deposit.id(), deposit.envelope(), DAY);
    Receipt zero = kept.receipt(members.get(0));
    Receipt one = kept.receipt(members.get(1));
    Receipt four = kept.receipt(members.get(4));
    put(root, "proof", new Receipts(List.of(four, zero, one)).encode());
    ObjectNode none = root.putObject("no_proof");
    put(none, "too_few", new Receipts(List.of(zero, one)).encode());
    put(none, "repeated", new Receipts(List.of(zero, one, one)).encode());
    put(none, "other_day", with(zero, one, otherDay.receipt(members.get(2))));
    put(none, "other_envelope", with(zero, one, otherEnvelope.receipt(members.get(2))));
    put(none, "other_network", with(zero, one, otherNetwork.receipt(members.get(2))));
    put(
        none,
        "a_stranger",
        with(zero, one, kept.receipt(SecretBytes.copyOf(run(7, 32).toByteArray()))));
    put(
        none,
        "forged",
        with(zero, one, new Receipt(key(members.get(2)), new Signature(bytes(64)))));
    put(
        none,
        "under_anothers_name",
        with(zero, one, new Receipt(key(members.get(2)), one.signature())));
  }

  private static ByteString with(Receipt... receipts) {
    return new Receipts(List.of(receipts)).encode();
  }

  private void addPeerRequests(
      ObjectNode node, OwnMailboxDay bob, AdmissionToken token, Request.Deposit deposit) {
    EnvelopeId other = new EnvelopeId(bytes(32));
    Request.Delete delete = bob.delete(List.of(deposit.id(), other));
    put(node, "replicate_open", new PeerRequest.Replicate(bob.open(token)).encode());
    put(node, "replicate_delete", new PeerRequest.Replicate(delete).encode());
    put(node, "ask_day", new PeerRequest.AskDay(DAY).encode());
    put(node, "ask_names", new PeerRequest.AskNames(DAY, 0xab, bytes(32)).encode());
    put(node, "ask_entries", new PeerRequest.AskEntries(bob.id().bytes(), other).encode());
    put(node, "pull", new PeerRequest.Pull(bob.id().bytes(), deposit.id()).encode());
    put(
        node,
        "ask_whether_kept",
        new PeerRequest.AskWhetherKept(
                bob.id().bytes(), List.of(PeerRequest.Pull.ITSELF, deposit.id()))
            .encode());
    byte[] frame = new Frame.PeerRequest(9, new PeerRequest.AskDay(DAY).encode()).encode();
    put(node, "frame_of_ask_day", ByteString.copyOf(Arrays.copyOf(frame, 24)));
  }

  private static void put(ObjectNode node, String name, ByteString bytes) {
    node.put(name, bytes.hex());
  }

  private ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  private static ByteString run(int value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return ByteString.copyOf(bytes);
  }
}
