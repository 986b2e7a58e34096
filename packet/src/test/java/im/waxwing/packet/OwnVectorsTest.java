package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Unwrapped.Deliver;
import im.waxwing.packet.Unwrapped.Forward;
import im.waxwing.packet.Unwrapped.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `spec/vectors/packet.json` and `packet-hybrid.json`: made by our generator, and enough for
/// somebody else's code.
class OwnVectorsTest {

  private static final Path FILE = Repository.ROOT.resolve("spec/vectors/packet.json");
  private static final Path HYBRID_FILE = FILE.resolveSibling("packet-hybrid.json");

  @Test
  void theGeneratorReproducesTheFiles() throws Exception {
    assertReproduced(FILE, PacketVectors.generate());
    assertReproduced(HYBRID_FILE, PacketVectors.generateHybrid());
  }

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the format has changed.
  private static void assertReproduced(Path file, String generated) throws IOException {
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }

    assertThat(Files.readString(file)).isEqualTo(generated);
  }

  @Test
  void theFileHasTheCipherAlone() throws Exception {
    JsonNode vector = file(FILE).get("lioness");
    byte[] text = hex(vector, "clear");

    new Lioness().encrypt(hex(vector, "key"), 0, new byte[16], 0, text, 0, text.length);

    assertThat(text).isEqualTo(hex(vector, "sealed"));
  }

  @Test
  void theFileHasTheKemAlone() throws Exception {
    JsonNode vector = file(HYBRID_FILE).get("kem");
    byte[] secret = hex(vector, "secret");
    byte[] packet = new byte[2 + HybridKem.CIPHERTEXT_LENGTH];
    System.arraycopy(hex(vector, "ciphertext"), 0, packet, 2, HybridKem.CIPHERTEXT_LENGTH);
    byte[] ciphertext = new byte[HybridKem.CIPHERTEXT_LENGTH];
    byte[] shared = new byte[32];
    PacketKey key = PacketKey.of(Profile.HYBRID, SecretBytes.copyOf(secret));
    var given = new Given(hex(vector, "ephemeral"), hex(vector, "randomness"));

    assertThat(HybridKem.encapsulate(hex(vector, "packet_key"), given, ciphertext, shared))
        .isTrue();
    assertThat(ciphertext).isEqualTo(hex(vector, "ciphertext"));
    assertThat(shared).isEqualTo(hex(vector, "shared"));

    Arrays.fill(shared, (byte) 0);
    assertThat(key.publicKey().toByteArray()).isEqualTo(hex(vector, "packet_key"));
    assertThat(key.agree(packet, shared)).isTrue();
    assertThat(shared).isEqualTo(hex(vector, "shared"));
  }

  @TestFactory
  Stream<DynamicTest> packets() throws Exception {
    return each("packets")
        .map(
            vector ->
                dynamicTest(
                    geometry(vector).profile()
                        + " packet of "
                        + vector.get("path").size()
                        + " hops",
                    () -> checkPacket(vector)));
  }

  private static void checkPacket(JsonNode vector) throws Exception {
    var wrapper = wrapper(vector, "filler");

    var outgoing = wrapper.wrap(path(vector), recipient(vector), hex(vector, "payload"));
    Deliver deliver = (Deliver) follow(vector, outgoing.packet());

    assertThat(deliver.recipient()).isEqualTo(recipient(vector));
    assertThat(deliver.payload().toByteArray()).isEqualTo(hex(vector, "payload"));
  }

  @TestFactory
  Stream<DynamicTest> replies() throws Exception {
    return each("replies")
        .map(
            vector ->
                dynamicTest(
                    geometry(vector).profile()
                        + " reply block of "
                        + vector.get("path").size()
                        + " hops",
                    () -> checkReply(vector)));
  }

  private static void checkReply(JsonNode vector) throws Exception {
    var wrapper = wrapper(vector, "filler", "answer_key");
    ReplyId id = new ReplyId(ByteString.copyOf(hex(vector, "reply_id")));

    OwnReplyBlock own = wrapper.replyBlock(path(vector), recipient(vector), id);
    assertThat(own.block().bytes().toByteArray()).isEqualTo(hex(vector, "reply_block"));
    assertThat(own.keys().exposeSecret()).isEqualTo(hex(vector, "reply_keys"));

    var outgoing = wrapper.reply(own.block(), hex(vector, "payload"));
    Reply reply = (Reply) follow(vector, outgoing.packet());

    assertThat(reply.reply()).isEqualTo(id);
    assertThat(reply.sealed().toByteArray()).isEqualTo(hex(vector, "sealed_reply"));
    assertThat(wrapper.openReply(own.keys(), reply.sealed()).toByteArray())
        .isEqualTo(hex(vector, "payload"));
  }

  /// Every node must receive the packet of the file.
  private static Unwrapped follow(JsonNode vector, ByteString first) throws Exception {
    var unwrapper = new PacketUnwrapper(geometry(vector));
    ByteString packet = first;
    for (int i = 0; ; i++) {
      assertThat(packet.hex()).isEqualTo(vector.get("received").get(i).asText());
      byte[] secret = hex(vector.get("path").get(i), "secret");
      var key = PacketKey.of(geometry(vector).profile(), SecretBytes.copyOf(secret));
      if (!(unwrapper.unwrap(key, packet.toByteArray()) instanceof Forward forward)) {
        return unwrapper.unwrap(key, packet.toByteArray());
      }
      packet = forward.packet();
    }
  }

  private static PacketWrapper wrapper(JsonNode vector, String... randomFields) {
    Deque<byte[]> values = new ArrayDeque<>();
    switch (geometry(vector).profile()) {
      case NIKE -> values.add(hex(vector, "ephemeral"));
      case HYBRID ->
          vector
              .get("randomness")
              .forEach(text -> values.add(HexFormat.of().parseHex(text.asText())));
    }
    for (String field : randomFields) {
      values.add(hex(vector, field));
    }
    return new PacketWrapper(geometry(vector), new Lioness(), new Given(values));
  }

  /// Randomness that gives the values of the file, in order.
  record Given(Deque<byte[]> values) implements RandomGenerator {
    Given(byte[]... values) {
      this(new ArrayDeque<>(List.of(values)));
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(values.removeFirst(), 0, bytes, 0, bytes.length);
    }

    @Override
    public long nextLong() {
      throw new AssertionError("only bytes are drawn");
    }
  }

  private static Geometry geometry(JsonNode vector) {
    return new Geometry(
        vector.has("randomness") ? Profile.HYBRID : Profile.NIKE,
        vector.get("longest_path").asInt(),
        vector.get("payload_length").asInt());
  }

  private static List<Hop> path(JsonNode vector) {
    List<Hop> path = new ArrayList<>();
    for (JsonNode node : vector.get("path")) {
      path.add(
          new Hop(
              new NodeKey(ByteString.copyOf(hex(node, "node"))),
              ByteString.copyOf(hex(node, "packet_key")),
              node.get("delay_millis").asLong()));
    }
    return path;
  }

  private static RecipientId recipient(JsonNode vector) {
    return new RecipientId(ByteString.copyOf(hex(vector, "recipient")));
  }

  private static Stream<JsonNode> each(String list) throws IOException {
    return Stream.concat(
        StreamSupport.stream(file(FILE).get(list).spliterator(), false),
        StreamSupport.stream(file(HYBRID_FILE).get(list).spliterator(), false));
  }

  private static JsonNode file(Path file) throws IOException {
    return new JsonMapper().readTree(file.toFile());
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }
}
