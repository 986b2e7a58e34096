package im.waxwing.packet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Unwrapped.Deliver;
import im.waxwing.packet.Unwrapped.Forward;
import im.waxwing.packet.Unwrapped.Reply;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Makes `spec/vectors/packet.json` and `packet-hybrid.json` from seeds; the same bytes every time
/// (packet.md §11).
final class PacketVectors {

  private static final long SEED = 4_092;
  private static final long HYBRID_SEED = 17_218;

  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final Random random;

  private PacketVectors(long seed) {
    this.random = new Random(seed);
  }

  static String generate() throws MalformedException, JsonProcessingException {
    return new PacketVectors(SEED).nike();
  }

  static String generateHybrid() throws MalformedException, JsonProcessingException {
    return new PacketVectors(HYBRID_SEED).hybrid();
  }

  private String nike() throws MalformedException, JsonProcessingException {
    Geometry small = new Geometry(Profile.NIKE, 5, 256);
    ObjectNode root = root();
    addLioness(root.putObject("lioness"));
    addPackets(root, small);
    addPacket(root.withArray("packets").addObject(), Geometry.STANDARD, 3);
    addReplies(root, small);
    return json.writeValueAsString(root) + "\n";
  }

  /// Of three hops, as five would make a file of half a megabyte.
  private String hybrid() throws MalformedException, JsonProcessingException {
    Geometry small = new Geometry(Profile.HYBRID, 3, 64);
    ObjectNode root = root();
    addKem(root.putObject("kem"));
    addPackets(root, small);
    addReplies(root, small);
    return json.writeValueAsString(root) + "\n";
  }

  private ObjectNode root() {
    return json.createObjectNode().put("specification", "packet.md");
  }

  private void addPackets(ObjectNode root, Geometry geometry) throws MalformedException {
    ArrayNode packets = root.putArray("packets");
    for (int hops = 1; hops <= geometry.hops(); hops++) {
      addPacket(packets.addObject(), geometry, hops);
    }
  }

  private void addReplies(ObjectNode root, Geometry geometry) throws MalformedException {
    ArrayNode replies = root.putArray("replies");
    for (int hops = 1; hops <= geometry.hops(); hops++) {
      addReply(replies.addObject(), geometry, hops);
    }
  }

  private void addKem(ObjectNode vector) {
    byte[] secret = bytes(Profile.HYBRID.secretLength());
    PacketKey key = PacketKey.of(Profile.HYBRID, SecretBytes.copyOf(secret));
    var drawn = new Recorder(random);
    byte[] ciphertext = new byte[HybridKem.CIPHERTEXT_LENGTH];
    byte[] shared = new byte[32];
    boolean _ = HybridKem.encapsulate(key.publicKey().toByteArray(), drawn, ciphertext, shared);
    hex(vector, "secret", secret);
    hex(vector, "packet_key", key.publicKey());
    hex(vector, "ephemeral", drawn.next());
    hex(vector, "randomness", drawn.next());
    hex(vector, "ciphertext", ciphertext);
    hex(vector, "shared", shared);
  }

  private void addLioness(ObjectNode vector) {
    byte[] key = bytes(48);
    byte[] text = bytes(100);
    hex(vector, "key", key);
    hex(vector, "clear", text);
    new Lioness().encrypt(key, 0, new byte[16], 0, text, 0, text.length);
    hex(vector, "sealed", text);
  }

  private void addPacket(ObjectNode vector, Geometry geometry, int hops) throws MalformedException {
    var drawn = new Recorder(random);
    var wrapper = new PacketWrapper(geometry, new Lioness(), drawn);
    TestPath path = addPath(vector, geometry, hops);
    RecipientId recipient = new RecipientId(ByteString.copyOf(bytes(RecipientId.LENGTH)));
    byte[] payload = bytes(geometry.payloadLength());
    hex(vector, "recipient", recipient.bytes());
    hex(vector, "payload", payload);

    ByteString packet = wrapper.wrap(path.hops(), recipient, payload).packet();

    addDrawn(vector, geometry, path, drawn);
    addJourney(vector, geometry, path, packet);
  }

  private void addReply(ObjectNode vector, Geometry geometry, int hops) throws MalformedException {
    var drawn = new Recorder(random);
    var wrapper = new PacketWrapper(geometry, new Lioness(), drawn);
    TestPath path = addPath(vector, geometry, hops);
    RecipientId recipient = new RecipientId(ByteString.copyOf(bytes(RecipientId.LENGTH)));
    ReplyId id = new ReplyId(ByteString.copyOf(bytes(ReplyId.LENGTH)));
    byte[] payload = bytes(geometry.payloadLength());
    hex(vector, "recipient", recipient.bytes());
    hex(vector, "reply_id", id.bytes());
    hex(vector, "payload", payload);

    OwnReplyBlock own = wrapper.replyBlock(path.hops(), recipient, id);

    addDrawn(vector, geometry, path, drawn);
    hex(vector, "answer_key", drawn.next());
    hex(vector, "reply_block", own.block().bytes());
    hex(vector, "reply_keys", own.keys().exposeSecret());
    addJourney(vector, geometry, path, wrapper.reply(own.block(), payload).packet());
  }

  private static void addDrawn(
      ObjectNode vector, Geometry geometry, TestPath path, Recorder drawn) {
    switch (geometry.profile()) {
      case NIKE -> hex(vector, "ephemeral", drawn.next());
      case HYBRID -> {
        ArrayNode perHop = vector.putArray("randomness");
        for (int i = 0; i < 2 * path.hops().size(); i++) {
          perHop.add(HexFormat.of().formatHex(drawn.next()));
        }
      }
    }
    hex(vector, "filler", drawn.next());
  }

  private TestPath addPath(ObjectNode vector, Geometry geometry, int hops) {
    vector.put("longest_path", geometry.hops());
    vector.put("payload_length", geometry.payloadLength());
    ArrayNode nodes = vector.putArray("path");
    var secrets = new Recorder(random);
    TestPath path = TestPath.of(geometry.profile(), hops, secrets);
    for (Hop hop : path.hops()) {
      ObjectNode node = nodes.addObject();
      hex(node, "secret", secrets.next());
      hex(node, "packet_key", hop.packetKey());
      hex(node, "node", secrets.next());
      node.put("delay_millis", hop.delayMillis());
    }
    return path;
  }

  /// What each node receives, and what leaves the path at its end.
  private static void addJourney(
      ObjectNode vector, Geometry geometry, TestPath path, ByteString first)
      throws MalformedException {
    var unwrapper = new PacketUnwrapper(geometry);
    ArrayNode received = vector.putArray("received");
    ByteString packet = first;
    for (PacketKey key : path.keys()) {
      received.add(packet.hex());
      switch (unwrapper.unwrap(key, packet.toByteArray())) {
        case Forward forward -> packet = forward.packet();
        case Deliver _ -> {}
        case Reply reply -> hex(vector, "sealed_reply", reply.sealed());
      }
    }
  }

  private byte[] bytes(int length) {
    return TestPath.bytes(length, random);
  }

  private static void hex(ObjectNode target, String name, ByteString bytes) {
    target.put(name, bytes.hex());
  }

  private static void hex(ObjectNode target, String name, byte[] bytes) {
    target.put(name, HexFormat.of().formatHex(bytes));
  }

  /// Randomness that remembers, in order, what it gave away.
  private static final class Recorder implements RandomGenerator {
    private final Random source;
    private final List<byte[]> drawn = new ArrayList<>();

    Recorder(Random source) {
      this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
      drawn.add(bytes.clone());
    }

    @Override
    public long nextLong() {
      return source.nextLong();
    }

    byte[] next() {
      return drawn.removeFirst();
    }
  }
}
