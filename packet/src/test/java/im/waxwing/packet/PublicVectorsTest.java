package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Header.Layer;
import im.waxwing.packet.Unwrapped.Deliver;
import im.waxwing.packet.Unwrapped.Forward;
import im.waxwing.packet.Unwrapped.Reply;
import im.waxwing.primitives.X25519;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Other people's vectors, read wherever they lie: `../shared/vectors` beside the repository, or
/// the folder that the system property `im.waxwing.vectors` names. They are not part of the
/// project; without them [OwnVectorsTest] has the last word.
class PublicVectorsTest {

  private static final Path FOLDER =
      Path.of(
          System.getProperty(
              "im.waxwing.vectors", Repository.ROOT.resolve("../shared/vectors").toString()));
  private static final Geometry KATZENPOST = new Geometry(5, 103);

  @TestFactory
  Stream<DynamicTest> aez() {
    return records("aez_v5_no_ad.json")
        .filter(vector -> vector.get("tau").asInt() == 0)
        .filter(vector -> vector.get("k").asText().length() == 96)
        .filter(vector -> vector.get("nonce").asText().length() == 32)
        .filter(vector -> vector.get("m").asText().length() >= 64)
        .map(
            vector ->
                dynamicTest(
                    "AEZ of " + vector.get("m").asText().length() / 2 + " bytes",
                    () -> checkAez(vector)));
  }

  private static void checkAez(JsonNode vector) {
    byte[] key = hex(vector, "k");
    byte[] nonce = hex(vector, "nonce");
    byte[] text = hex(vector, "m");

    new Aez().encrypt(key, 0, nonce, 0, text, 0, text.length);
    assertThat(text).isEqualTo(hex(vector, "c"));

    new Aez().decrypt(key, 0, nonce, 0, text, 0, text.length);
    assertThat(text).isEqualTo(hex(vector, "m"));
  }

  @TestFactory
  Stream<DynamicTest> lioness() {
    return lines("lioness_chacha20_blake2b.txt")
        .map(lines -> dynamicTest("LIONESS of the Rust crate", () -> checkLioness(lines)));
  }

  private static void checkLioness(List<String> lines) {
    byte[] key = HexFormat.of().parseHex(lines.get(0));
    byte[] text = HexFormat.of().parseHex(lines.get(1));

    new Lioness().encryptBlock(key, text, 0, text.length);
    assertThat(HexFormat.of().formatHex(text)).isEqualTo(lines.get(2));

    new Lioness().decryptBlock(key, text, 0, text.length);
    assertThat(HexFormat.of().formatHex(text)).isEqualTo(lines.get(1));
  }

  @TestFactory
  Stream<DynamicTest> katzenpost() {
    return records("katzenpost_sphinx_nike.json")
        .flatMap(
            vector -> {
              String name =
                  (isReply(vector) ? "reply block" : "packet")
                      + " of "
                      + vector.get("Nodes").size()
                      + " hops";
              return Stream.of(
                  dynamicTest(name + ": every node", () -> checkEveryNode(vector)),
                  dynamicTest(name + ": sender's header", () -> checkHeader(vector)),
                  dynamicTest(name + ": sender's payload", () -> checkPayload(vector)));
            });
  }

  /// Removing each layer gives the next packet of the vector, and at the end the payload.
  private static void checkEveryNode(JsonNode vector) throws Exception {
    var unwrapper = new PacketUnwrapper(KATZENPOST, new Aez());
    int last = vector.get("Nodes").size() - 1;
    for (int i = 0; i < last; i++) {
      var forward = (Forward) unwrapper.unwrap(nodeKey(vector, i), packet(vector, i));

      assertThat(forward.packet().toByteArray()).isEqualTo(packet(vector, i + 1));
      assertThat(forward.next()).isEqualTo(node(vector, i + 1));
      assertThat(forward.delayMillis())
          .isEqualTo(Long.parseLong(command(vector, i, 0).substring(2), 16));
    }
    switch (unwrapper.unwrap(nodeKey(vector, last), packet(vector, last))) {
      case Forward _ -> throw new AssertionError("the path ends here");
      case Deliver deliver -> {
        assertThat(deliver.recipient()).isEqualTo(recipient(vector, last));
        assertThat(deliver.payload().toByteArray()).isEqualTo(hex(vector, "Payload"));
      }
      case Reply reply -> {
        assertThat(reply.recipient()).isEqualTo(recipient(vector, last));
        assertThat("03" + reply.reply().bytes().hex()).isEqualTo(command(vector, last, 1));
        assertThat(openReply(vector, reply).toByteArray()).isEqualTo(hex(vector, "Payload"));
      }
    }
  }

  private static ByteString openReply(JsonNode vector, Reply reply) throws Exception {
    return wrapper().openReply(SecretBytes.copyOf(hex(vector, "SurbKeys")), reply.sealed());
  }

  /// The vectors do not give the sender's secret, but all that follows from it: each layer's point,
  /// each layer's keys (from the nodes' secrets), and the filler (from the last node's layer).
  private static void checkHeader(JsonNode vector) throws Exception {
    List<Layer> layers = layers(vector);
    byte[] written = new byte[KATZENPOST.packetLength()];

    new Header(KATZENPOST)
        .write(layers, path(vector), lastInstruction(vector), filler(vector, layers), written);

    assertThat(Arrays.copyOf(written, KATZENPOST.headerLength()))
        .isEqualTo(Arrays.copyOf(packet(vector, 0), KATZENPOST.headerLength()));
  }

  private static void checkPayload(JsonNode vector) throws Exception {
    if (isReply(vector)) {
      var block = ReplyBlock.decode(KATZENPOST, ByteString.copyOf(hex(vector, "Surb")));
      var outgoing = wrapper().reply(block, hex(vector, "Payload"));

      assertThat(outgoing.packet().toByteArray()).isEqualTo(packet(vector, 0));
      assertThat(outgoing.first()).isEqualTo(node(vector, 0));
    } else {
      byte[] packet = new byte[KATZENPOST.packetLength()];
      Payloads.place(hex(vector, "Payload"), packet, KATZENPOST);
      int at = KATZENPOST.headerLength();
      for (Layer layer : layers(vector).reversed()) {
        layer.keys().encryptPayload(new Aez(), packet, at, KATZENPOST.sealedPayloadLength());
      }

      assertThat(Arrays.copyOfRange(packet, at, packet.length))
          .isEqualTo(Arrays.copyOfRange(packet(vector, 0), at, packet.length));
    }
  }

  private static List<Layer> layers(JsonNode vector) throws Exception {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < vector.get("Nodes").size(); i++) {
      byte[] point = Arrays.copyOfRange(packet(vector, i), 2, 34);
      var keys = new LayerKeys();
      keys.derive(X25519.agree(hex(vector.get("Nodes").get(i), "PrivateKey"), point).orElseThrow());
      layers.add(new Layer(ByteString.copyOf(point), keys));
    }
    return layers;
  }

  /// Behind the last node's commands lies what the sender put in place of the missing hops.
  private static byte[] filler(JsonNode vector, List<Layer> layers) {
    int length = (5 - layers.size()) * Geometry.COMMANDS_LENGTH;
    byte[] sealed =
        Arrays.copyOfRange(
            packet(vector, layers.size() - 1), Geometry.ROUTING_AT, KATZENPOST.macAt());
    byte[] clear = new byte[sealed.length];
    layers.getLast().keys().applyRouting(sealed, sealed.length, clear);
    return Arrays.copyOfRange(clear, Geometry.COMMANDS_LENGTH, Geometry.COMMANDS_LENGTH + length);
  }

  private static List<Hop> path(JsonNode vector) {
    int last = vector.get("Nodes").size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            i ->
                new Hop(
                    node(vector, i),
                    ByteString.copyOf(hex(vector.get("Path").get(i), "PublicKey")),
                    i == last ? 0 : Long.parseLong(command(vector, i, 0).substring(2), 16)))
        .toList();
  }

  private static Instruction lastInstruction(JsonNode vector) {
    int last = vector.get("Nodes").size() - 1;
    return isReply(vector)
        ? new Instruction.HandOverReply(
            recipient(vector, last),
            new ReplyId(ByteString.ofHex(command(vector, last, 1).substring(2))))
        : new Instruction.HandOver(recipient(vector, last));
  }

  private static PacketWrapper wrapper() {
    return new PacketWrapper(KATZENPOST, new Aez(), new Random(1));
  }

  private static boolean isReply(JsonNode vector) {
    return !vector.get("Surb").asText().isEmpty();
  }

  private static PacketKey nodeKey(JsonNode vector, int i) {
    return PacketKey.of(SecretBytes.copyOf(hex(vector.get("Nodes").get(i), "PrivateKey")));
  }

  private static NodeKey node(JsonNode vector, int i) {
    return new NodeKey(ByteString.copyOf(hex(vector.get("Nodes").get(i), "ID")));
  }

  private static RecipientId recipient(JsonNode vector, int i) {
    return new RecipientId(ByteString.ofHex(command(vector, i, 0).substring(2)));
  }

  private static String command(JsonNode vector, int hop, int index) {
    return vector.get("Path").get(hop).get("Commands").get(index).asText();
  }

  private static byte[] packet(JsonNode vector, int i) {
    return HexFormat.of().parseHex(vector.get("Packets").get(i).asText());
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }

  private static Stream<JsonNode> records(String file) {
    Path path = FOLDER.resolve(file);
    if (!Files.exists(path)) {
      return Stream.empty();
    }
    try {
      var array = new JsonMapper().readTree(path.toFile());
      return StreamSupport.stream(array.spliterator(), false);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static Stream<List<String>> lines(String file) {
    Path path = FOLDER.resolve(file);
    try {
      return Files.exists(path) ? Stream.of(Files.readAllLines(path)) : Stream.empty();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
