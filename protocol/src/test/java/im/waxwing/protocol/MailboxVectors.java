package im.waxwing.protocol;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.primitives.Ed25519;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes `spec/vectors/mailbox.json` from a seed; the same bytes every time (mailbox.md §8).
final class MailboxVectors {
  private static final long SEED = 7_443;

  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final Random random = new Random(SEED);
  private final NodeKey node = new NodeKey(bytes(32));
  private final OwnMailbox mailbox = mailbox();
  private final AdmissionToken token = new AdmissionToken(secret(16));

  String generate() throws Exception {
    ObjectNode root = json.createObjectNode();
    root.put("specification", "mailbox.md, node.md");
    put(root, "node_key", node.bytes());
    put(root, "owner_seed", mailbox.ownerSeed());
    put(root, "mailbox_key", mailbox.target().key().bytes());
    put(root, "deposit_secret", mailbox.target().depositSecret());
    put(root, "admission_token", token.secret());
    ArrayNode days = root.putArray("days");
    for (long day : new long[] {0, 20_780, 20_781}) {
      addDay(days.addObject(), new Day(day));
    }
    addDrawer(root.putObject("drawer"));
    addNodeInfo(root.putObject("node_info"));
    addFrames(root.putObject("frames"));
    addRelaying(root.putObject("relaying"));
    return json.writeValueAsString(root) + "\n";
  }

  private OwnMailbox mailbox() {
    SecretBytes seed = secret(32);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      NodeAddress address = new NodeAddress("node.example", 7443, node);
      return new OwnMailbox(new MailboxTarget(address, mailboxKey, secret(32)), seed);
    }
  }

  private void addDay(ObjectNode vector, Day day) throws Exception {
    OwnMailboxDay owner = OwnMailboxDay.of(mailbox, day);
    MailboxDay writer = MailboxDay.of(mailbox.target(), day);
    Request.Open open = owner.open(token);
    EnvelopeId first = new EnvelopeId(bytes(32));
    EnvelopeId second = new EnvelopeId(bytes(32));
    vector.put("day", day.number());
    put(vector, "owner_key", open.owner().bytes());
    put(vector, "deposit_key", open.depositor().bytes());
    put(vector, "mailbox_id", writer.id().bytes());
    addRequest(vector, "open", open);
    addRequest(vector, "deposit", writer.deposit(first, new Envelope(run(0x0e, 2560))));
    addRequest(vector, "subscribe", owner.subscribe());
    addRequest(vector, "fetch", owner.fetch(7));
    addRequest(vector, "delete", owner.delete(List.of(first, second)));
  }

  private void addDrawer(ObjectNode vector) {
    OwnDrawer drawer = new OwnDrawer(node.bytes(), new DrawerHandle(bytes(32)), secret(32));
    SealedObject object = new SealedObject(run(0x0d, 2560));
    put(vector, "handle", drawer.handle().bytes());
    put(vector, "owner_seed", drawer.ownerSeed());
    addRequest(vector, "put", drawer.put(object, new Day(20_790), token));
    addRequest(vector, "take", new Request.TakeDrawer(drawer.handle(), bytes(16)));
    addRequest(vector, "remove", drawer.remove());
  }

  /// The payload of a packet without the zeros at its end; bytes of envelopes and objects repeat.
  private void addRequest(ObjectNode vector, String name, Request request) {
    byte[] payload = new NumberedRequest(42, request).encode();
    put(vector, name, withoutZeros(payload));
  }

  private void addNodeInfo(ObjectNode vector) {
    SecretBytes seed = secret(32);
    NodeInfo info =
        NodeInfo.sign(
            seed,
            bytes(32),
            Instant.parse("2026-11-23T12:00:00Z"),
            498_852,
            List.of(bytes(32), bytes(32), bytes(32)),
            bytes(32));
    put(vector, "node_seed", seed);
    put(vector, "frame", withoutZeros(new Frame.AboutNode(info).encode()));
  }

  private void addFrames(ObjectNode vector) {
    Held held = new Held(9, new EnvelopeId(bytes(32)), new Envelope(run(0x0e, 2560)));
    put(vector, "ping", withoutZeros(new Frame.Ping().encode()));
    put(vector, "pong", withoutZeros(new Frame.Pong().encode()));
    put(
        vector,
        "answer_ok",
        withoutZeros(new Frame.Answer(42, AnswerCode.OK, ByteString.EMPTY).encode()));
    put(
        vector,
        "answer_fetched",
        withoutZeros(
            new Frame.Answer(42, AnswerCode.OK, new FetchedPage(List.of(held), true).encode())
                .encode()));
    put(vector, "push", withoutZeros(new Frame.Push(42, held).encode()));
    put(vector, "caught_up", withoutZeros(new Frame.CaughtUp(42).encode()));
  }

  /// What two nodes, and a device and a node behind another, say to each other (node.md §2, §4).
  private void addRelaying(ObjectNode vector) throws Exception {
    OwnMailboxDay owner = OwnMailboxDay.of(mailbox, new Day(20_780));
    NodeAddress other = new NodeAddress("other.example", 7444, new NodeKey(bytes(32)));
    ReplyBlock block = new ReplyBlock(run(0x0b, 572));
    put(vector, "fetch", withReply(List.of(block), owner.fetch(7)));
    put(vector, "subscribe", withReply(List.of(block, block), owner.subscribe()));
    addRequest(vector, "reach", new Request.Reach(other, token));
    put(vector, "attach", withoutZeros(new Frame.Attach(new RecipientId(bytes(32))).encode()));
    put(
        vector,
        "reply",
        withoutZeros(new Frame.Reply(new ReplyId(bytes(16)), run(0x0c, 3616)).encode()));
    addPeer(vector);
  }

  private static ByteString withReply(List<ReplyBlock> blocks, Request request) {
    return withoutZeros(new NumberedRequest(blocks, 0x4242_4242_4242_4242L, request).encode());
  }

  private void addPeer(ObjectNode vector) {
    SecretBytes seed = secret(32);
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    NodeInfo answering =
        NodeInfo.sign(
            secret(32),
            bytes(32),
            now,
            498_852,
            List.of(bytes(32), bytes(32), bytes(32)),
            bytes(32));
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      NodeKey dialling = new NodeKey(ByteString.copyOf(key.publicKey()));
      NodeAddress address = new NodeAddress("other.example", 7444, dialling);
      Frame peer = new Frame.Peer(PeerGreeting.sign(seed, address, now, answering));
      put(vector, "answering_node_key", answering.nodeKey().bytes());
      put(vector, "answering_link_key_hash", answering.linkKeyHash());
      put(vector, "peer", withoutZeros(peer.encode()));
      Frame.Answer reached = new Frame.Answer(42, AnswerCode.OK, answering.encode());
      put(vector, "answer_reached", withoutZeros(reached.encode()));
    }
  }

  private static ByteString withoutZeros(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return ByteString.copyOf(bytes, 0, length);
  }

  private static ByteString run(int value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return ByteString.copyOf(bytes);
  }

  private static void put(ObjectNode vector, String name, ByteString value) {
    vector.put(name, value.hex());
  }

  private static void put(ObjectNode vector, String name, SecretBytes value) {
    put(vector, name, ByteString.copyOf(value.exposeSecret()));
  }

  private ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  private SecretBytes secret(int size) {
    return SecretBytes.copyOf(bytes(size).toByteArray());
  }
}
