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
/// the folder that the system property `im.waxwing.vectors` names (packet.md §11 has their names).
/// They are not part of the project; without them [OwnVectorsTest] has the last word.
class PublicVectorsTest {

  private static final Path FOLDER =
      Path.of(
          System.getProperty(
              "im.waxwing.vectors", Repository.ROOT.resolve("../shared/vectors").toString()));

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
    return Stream.concat(
            records("katzenpost_sphinx_nike.json"), records("katzenpost_sphinx_hybrid.json"))
        .flatMap(
            vector -> {
              String name =
                  geometry(vector).profile()
                      + (isReply(vector) ? " reply block of " : " packet of ")
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
    var unwrapper = new PacketUnwrapper(geometry(vector), new Aez());
    int last = vector.get("Nodes").size() - 1;
    byte[] packet = firstPacket(vector);
    for (int i = 0; i < last; i++) {
      var forward = (Forward) unwrapper.unwrap(nodeKey(vector, i), packet);
      packet = forward.packet().toByteArray();

      if (i + 1 < vector.get("Packets").size()) {
        assertThat(packet).isEqualTo(hex(vector.get("Packets").get(i + 1)));
      }
      assertThat(forward.next()).isEqualTo(node(vector, i + 1));
      assertThat(forward.delayMillis())
          .isEqualTo(Long.parseLong(command(vector, i, 0).substring(2), 16));
    }
    switch (unwrapper.unwrap(nodeKey(vector, last), packet)) {
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
    return wrapper(vector).openReply(SecretBytes.copyOf(hex(vector, "SurbKeys")), reply.sealed());
  }

  /// The vectors do not give the sender's secret, but all that follows from it: each layer's point
  /// or ciphertext, each layer's keys (from the nodes' secrets), and the filler (from the last
  /// node's layer).
  private static void checkHeader(JsonNode vector) throws Exception {
    Geometry geometry = geometry(vector);
    List<byte[]> packets = packets(vector);
    List<Layer> layers = layers(vector, packets);
    byte[] written = new byte[geometry.packetLength()];

    new Header(geometry)
        .write(
            layers,
            path(vector),
            lastInstruction(vector),
            filler(geometry, packets.getLast(), layers),
            written);

    assertThat(Arrays.copyOf(written, geometry.headerLength()))
        .isEqualTo(Arrays.copyOf(firstPacket(vector), geometry.headerLength()));
  }

  private static void checkPayload(JsonNode vector) throws Exception {
    Geometry geometry = geometry(vector);
    if (isReply(vector)) {
      var block = ReplyBlock.decode(geometry, ByteString.copyOf(hex(vector, "Surb")));
      var outgoing = wrapper(vector).reply(block, hex(vector, "Payload"));

      assertThat(outgoing.packet().toByteArray()).isEqualTo(firstPacket(vector));
      assertThat(outgoing.first()).isEqualTo(node(vector, 0));
    } else {
      byte[] packet = new byte[geometry.packetLength()];
      Payloads.place(hex(vector, "Payload"), packet, geometry);
      int at = geometry.headerLength();
      for (Layer layer : layers(vector, packets(vector)).reversed()) {
        layer.keys().encryptPayload(new Aez(), packet, at, geometry.sealedPayloadLength());
      }

      assertThat(Arrays.copyOfRange(packet, at, packet.length))
          .isEqualTo(Arrays.copyOfRange(firstPacket(vector), at, packet.length));
    }
  }

  /// What each node receives.
  private static List<byte[]> packets(JsonNode vector) throws Exception {
    var unwrapper = new PacketUnwrapper(geometry(vector), new Aez());
    List<byte[]> packets = new ArrayList<>(List.of(firstPacket(vector)));
    for (int i = 0; i < vector.get("Nodes").size() - 1; i++) {
      var forward = (Forward) unwrapper.unwrap(nodeKey(vector, i), packets.getLast());
      packets.add(forward.packet().toByteArray());
    }
    return packets;
  }

  private static List<Layer> layers(JsonNode vector, List<byte[]> packets) {
    Geometry geometry = geometry(vector);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      byte[] shared = new byte[32];
      assertThat(nodeKey(vector, i).agree(packets.get(i), shared)).isTrue();
      var keys = new LayerKeys();
      keys.derive(shared);
      ByteString element =
          ByteString.copyOf(
              packets.get(i), Geometry.ELEMENT_AT, geometry.profile().elementLength());
      layers.add(new Layer(element, keys));
    }
    return layers;
  }

  /// Behind the last node's layer lies what the sender put in place of the missing hops.
  private static byte[] filler(Geometry geometry, byte[] lastPacket, List<Layer> layers) {
    int length = (5 - layers.size()) * geometry.layerLength();
    byte[] sealed = Arrays.copyOfRange(lastPacket, geometry.routingAt(), geometry.macAt());
    byte[] clear = new byte[sealed.length];
    layers.getLast().keys().applyRouting(sealed, sealed.length, clear);
    return Arrays.copyOfRange(clear, geometry.layerLength(), geometry.layerLength() + length);
  }

  /// The two halves of the KEM together, and X25519 as a KEM, from given randomness.
  @TestFactory
  Stream<DynamicTest> hybridKem() {
    return records("hpqc_mlkem768_x25519_combiner.json")
        .filter(vector -> vector.get("prf").asText().equals("sha256-v1"))
        .map(vector -> dynamicTest(vector.get("name").asText(), () -> checkHybridKem(vector)));
  }

  private static void checkHybridKem(JsonNode vector) {
    byte[] secret =
        HexFormat.of()
            .parseHex(
                vector.get("x25519_static_private_key_hex").asText()
                    + vector.get("mlkem_d_hex").asText()
                    + vector.get("mlkem_z_hex").asText());
    PacketKey key = PacketKey.of(Profile.HYBRID, SecretBytes.copyOf(secret));
    assertThat(key.publicKey().hex())
        .startsWith(vector.get("x25519_static_public_key_hex").asText());

    byte[] ciphertext = new byte[HybridKem.CIPHERTEXT_LENGTH];
    byte[] shared = new byte[32];
    var given =
        new OwnVectorsTest.Given(
            hex(vector, "x25519_ephemeral_private_key_hex"), hex(vector, "mlkem_m_hex"));

    assertThat(HybridKem.encapsulate(key.publicKey().toByteArray(), given, ciphertext, shared))
        .isTrue();
    assertThat(HexFormat.of().formatHex(ciphertext))
        .startsWith(vector.get("x25519_ciphertext_hex").asText());
    assertThat(shared).isEqualTo(hex(vector, "combined_shared_secret_hex"));

    byte[] packet = new byte[2 + ciphertext.length];
    System.arraycopy(ciphertext, 0, packet, 2, ciphertext.length);
    Arrays.fill(shared, (byte) 0);
    assertThat(key.agree(packet, shared)).isTrue();
    assertThat(shared).isEqualTo(hex(vector, "combined_shared_secret_hex"));
  }

  private static List<Hop> path(JsonNode vector) {
    int last = vector.get("Nodes").size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            i ->
                new Hop(
                    node(vector, i),
                    nodeKey(vector, i).publicKey(),
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

  private static PacketWrapper wrapper(JsonNode vector) {
    return new PacketWrapper(geometry(vector), new Aez(), new Random(1));
  }

  private static Geometry geometry(JsonNode vector) {
    boolean nike = hex(vector.get("Nodes").get(0), "PrivateKey").length == 32;
    return new Geometry(nike ? Profile.NIKE : Profile.HYBRID, 5, 103);
  }

  private static boolean isReply(JsonNode vector) {
    return !vector.get("Surb").asText().isEmpty();
  }

  /// Katzenpost writes X25519 scalar ‖ ML-KEM public key ‖ ML-KEM seed; excerpts leave out what
  /// follows from the rest.
  private static PacketKey nodeKey(JsonNode vector, int i) {
    byte[] written = hex(vector.get("Nodes").get(i), "PrivateKey");
    byte[] secret = Arrays.copyOf(written, geometry(vector).profile().secretLength());
    int seed = secret.length - 32;
    System.arraycopy(written, written.length - seed, secret, 32, seed);
    PacketKey key = PacketKey.of(geometry(vector).profile(), SecretBytes.copyOf(secret));
    if (vector.get("Path").get(i).has("PublicKey")) {
      assertThat(key.publicKey().toByteArray())
          .isEqualTo(hex(vector.get("Path").get(i), "PublicKey"));
    }
    return key;
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

  private static byte[] firstPacket(JsonNode vector) {
    return hex(vector.get("Packets").get(0));
  }

  private static byte[] hex(JsonNode node, String field) {
    return hex(node.get(field));
  }

  private static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.asText());
  }

  private static Stream<JsonNode> records(String file) {
    Path path = FOLDER.resolve(file);
    if (!Files.exists(path)) {
      return Stream.empty();
    }
    try {
      var root = new JsonMapper().readTree(path.toFile());
      var array = root.isArray() ? root : root.get("vectors");
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
