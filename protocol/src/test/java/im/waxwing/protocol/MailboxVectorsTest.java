package im.waxwing.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// `spec/vectors/mailbox.json`: made by our generator, and checked a second time here with the
/// platform's own SHA-256 and Ed25519, by the words of the specification.
class MailboxVectorsTest {
  private static final Path FILE = Path.of("../spec/vectors/mailbox.json");

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the format has changed.
  @Test
  void theGeneratorReproducesTheFile() throws Exception {
    String generated = new MailboxVectors().generate();
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.writeString(FILE, generated);
    }

    assertThat(Files.readString(FILE)).isEqualTo(generated);
  }

  @Test
  void theMailboxIdIsTheHashOfItsKeysAndDay() throws Exception {
    for (JsonNode day : file().get("days")) {
      byte[] id =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  join(
                      "waxwing mailbox v1".getBytes(StandardCharsets.US_ASCII),
                      hex(day, "owner_key"),
                      hex(day, "deposit_key"),
                      ByteBuffer.allocate(4).putInt(day.get("day").asInt()).array()));

      assertThat(id).isEqualTo(hex(day, "mailbox_id"));
    }
  }

  @Test
  void theKeysOfADaySignItsRequests() throws Exception {
    byte[] node = hex(file(), "node_key");
    for (JsonNode day : file().get("days")) {
      for (String operation : new String[] {"open", "subscribe", "fetch", "delete"}) {
        assertThat(isSigned(node, day, operation, "owner_key")).as(operation).isTrue();
        assertThat(isSigned(node, day, operation, "deposit_key")).as(operation).isFalse();
      }
      assertThat(isSigned(node, day, "deposit", "deposit_key")).isTrue();
      assertThat(isSigned(node, day, "deposit", "owner_key")).isFalse();
    }
  }

  private static boolean isSigned(byte[] node, JsonNode day, String operation, String key)
      throws Exception {
    byte[] request = hex(day, operation);
    int end = request.length - 64;
    byte[] fields = Arrays.copyOfRange(request, 10, end);
    byte[] label = ("waxwing " + operation + " v1").getBytes(StandardCharsets.US_ASCII);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        java.security.KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(hex(day, key)))));
    verifier.update(join(label, node, fields));
    return verifier.verify(request, end, 64);
  }

  private static EdECPoint point(byte[] encoded) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = encoded[31 - i];
    }
    boolean odd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    return new EdECPoint(odd, new java.math.BigInteger(1, bigEndian));
  }

  @Test
  void theNodeInfoIsSignedForItsLink() throws Exception {
    byte[] frame = Arrays.copyOf(hex(file().get("node_info"), "frame"), Frame.SIZE);
    NodeInfo info = ((Frame.AboutNode) Frame.decode(frame)).info();

    assertThat(info.isFrom(info.nodeKey(), info.linkKeyHash())).isTrue();
    assertThat(info.isFrom(info.nodeKey(), ByteString.copyOf(new byte[32]))).isFalse();
    assertThat(info.isFrom(new NodeKey(info.linkKeyHash()), info.linkKeyHash())).isFalse();
  }

  @Test
  void thePeersGreetingIsSignedForTheLinkItAnswers() throws Exception {
    JsonNode relaying = file().get("relaying");
    byte[] frame = Arrays.copyOf(hex(relaying, "peer"), Frame.SIZE);
    int signedEnd = 4 + 1 + 32 + 8 + 2 + 1 + "other.example".length();
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        java.security.KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(
                    NamedParameterSpec.ED25519, point(Arrays.copyOfRange(frame, 5, 37)))));
    verifier.update(
        join(
            "waxwing peer v1".getBytes(StandardCharsets.US_ASCII),
            hex(relaying, "answering_node_key"),
            hex(relaying, "answering_link_key_hash"),
            Arrays.copyOfRange(frame, 4, signedEnd)));

    assertThat(verifier.verify(frame, signedEnd, 64)).isTrue();
  }

  private static JsonNode file() throws Exception {
    return new JsonMapper().readTree(Files.readString(FILE));
  }

  private static byte[] hex(JsonNode node, String name) {
    return HexFormat.of().parseHex(node.get(name).asText());
  }

  private static byte[] join(byte[]... parts) {
    ByteString all = ByteString.EMPTY;
    for (byte[] part : parts) {
      all = all.plus(ByteString.copyOf(part));
    }
    return all.toByteArray();
  }
}
