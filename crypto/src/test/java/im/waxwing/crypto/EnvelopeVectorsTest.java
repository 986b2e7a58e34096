package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// `spec/vectors/envelope.json`: made by our generator, and computed a second time here with the
/// platform's own HMAC and HKDF, by the words of the specification.
class EnvelopeVectorsTest {
  private static final Path FILE = Repository.ROOT.resolve("spec/vectors/envelope.json");

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the format has changed.
  @Test
  void theGeneratorReproducesTheFile() throws Exception {
    String generated = new EnvelopeVectors().generate();
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, generated);
    }

    assertThat(Files.readString(FILE)).isEqualTo(generated);
  }

  @Test
  void theLaneFollowsFromItsSeed() throws Exception {
    JsonNode lane = file().get("lane");
    byte[] chain = hkdf(hex(lane, "seed"), "waxwing lane v1");
    long n = 0;

    for (JsonNode number : lane.get("numbers")) {
      for (; n < number.get("n").asLong(); n++) {
        chain = hmac(chain, new byte[] {3});
      }
      assertThat(chain).isEqualTo(hex(number, "chain_key"));
      byte[] idKey = hmac(chain, new byte[] {1});
      byte[] messageKey = hmac(chain, new byte[] {2});
      assertThat(idKey).isEqualTo(hex(number, "id_key"));
      assertThat(messageKey).isEqualTo(hex(number, "message_key"));
      for (JsonNode at : number.get("envelopes")) {
        byte[] place =
            place(hex(lane, "mailbox_key"), at.get("day").asInt(), at.get("way").asInt());
        assertThat(hmac(idKey, ascii("waxwing envelope id v1"), place))
            .isEqualTo(hex(at, "envelope_id"));
        assertThat(hmac(messageKey, ascii("waxwing envelope key v1"), place))
            .isEqualTo(hex(at, "envelope_key"));
      }
    }
    assertThat(n).isEqualTo(99);
  }

  @Test
  void theInvitationFollowsFromItsSecret() throws Exception {
    JsonNode invitation = file().get("invitation");
    byte[] secret = hex(invitation, "secret");

    assertThat(hkdf(secret, "waxwing drawer handle v1"))
        .isEqualTo(hex(invitation, "drawer_handle"));
    assertThat(hkdf(secret, "waxwing drawer key v1")).isEqualTo(hex(invitation, "drawer_key"));
    assertThat(hkdf(secret, "waxwing first lane v1")).isEqualTo(hex(invitation, "first_lane"));
    assertThat(hkdf(secret, "waxwing first deposit v1"))
        .isEqualTo(hex(invitation, "first_deposit"));
  }

  @Test
  void theEnvelopesOpen() throws Exception {
    for (JsonNode vector : file().get("envelopes")) {
      Piece piece =
          Envelopes.open(
              new EnvelopeId(bytes(vector, "envelope_id")),
              SecretBytes.copyOf(hex(vector, "envelope_key")),
              new Envelope(bytes(vector, "envelope")));

      assertThat(piece.bytes()).isEqualTo(bytes(vector, "piece"));
      assertThat(piece.index()).isEqualTo(vector.get("index").asInt());
      assertThat(piece.count()).isEqualTo(vector.get("count").asInt());
      assertThat(piece.kind().code()).isEqualTo(vector.get("kind").asInt());
    }
  }

  @Test
  void theDrawerOpens() throws Exception {
    JsonNode drawer = file().get("drawer");

    assertThat(
            Drawers.open(
                SecretBytes.copyOf(hex(drawer, "drawer_key")),
                new DrawerHandle(bytes(drawer, "drawer_handle")),
                bytes(drawer, "sealed")))
        .isEqualTo(bytes(drawer, "content"));
  }

  @Test
  void thePaddingComesOff() throws Exception {
    for (JsonNode vector : file().get("padding")) {
      byte[] content = hex(vector, "content");

      assertThat(Padding.unpad(hex(vector, "padded"))).isEqualTo(content);
      assertThat(hex(vector, "padded").length).isEqualTo((content.length / 160 + 1) * 160);
    }
  }

  @Test
  void theSafetyNumberScans() throws Exception {
    JsonNode accounts = file().get("accounts");
    ByteString one = bytes(accounts, "own_key");
    ByteString other = bytes(accounts, "other_key");

    assertThat(SafetyNumber.between(other, one).matches(bytes(accounts, "scannable"))).isTrue();
    assertThat(SafetyNumber.between(other, one).digits())
        .isEqualTo(accounts.get("safety_number").asText());
  }

  private static JsonNode file() throws Exception {
    return new JsonMapper().readTree(FILE.toFile());
  }

  private static ByteString bytes(JsonNode node, String name) {
    return ByteString.ofHex(node.get(name).asText());
  }

  private static byte[] hex(JsonNode node, String name) {
    return bytes(node, name).toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] place(byte[] mailbox, int day, int way) {
    return ByteBuffer.allocate(37).put(mailbox).putInt(day).put((byte) way).array();
  }

  private static byte[] hkdf(byte[] secret, String info) throws Exception {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(ascii(info), 32));
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    Arrays.stream(parts).forEach(mac::update);
    return mac.doFinal();
  }
}
