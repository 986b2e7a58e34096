package im.waxwing.protocol.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.Request;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `spec/vectors/swarm.json`: made by our generator, and checked a second time here with the
/// platform's own SHA-256 and Ed25519, by the words of the specification.
class SwarmVectorsTest {
  private static final Path FILE = Path.of("../spec/vectors/swarm.json");
  private static final int DEPOSIT_FIELDS = 1 + 32 + 32;

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the format has changed.
  @Test
  void theGeneratorReproducesTheFile() throws Exception {
    String generated = new SwarmVectors().generate();
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.writeString(FILE, generated);
    }

    assertThat(Files.readString(FILE)).isEqualTo(generated);
  }

  @Test
  void eachReceiptOfTheProofIsItsMembersSignature() throws Exception {
    byte[] proof = hex(file(), "proof");
    assertThat(proof[0]).isEqualTo((byte) 3);
    for (int i = 0; i < 3; i++) {
      int at = 1 + 96 * i;
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(publicKey(Arrays.copyOfRange(proof, at, at + 32)));
      verifier.update(receiptText());

      assertThat(verifier.verify(proof, at + 32, 64)).isTrue();
    }
  }

  private static byte[] receiptText() throws Exception {
    byte[] deposit = hex(file(), "deposit");
    byte[] envelope = Arrays.copyOfRange(deposit, DEPOSIT_FIELDS, DEPOSIT_FIELDS + 2560);
    return join(
        "waxwing receipt v1".getBytes(StandardCharsets.US_ASCII),
        hex(file(), "network_id"),
        hex(file(), "mailbox_id"),
        Arrays.copyOfRange(deposit, 33, 65),
        MessageDigest.getInstance("SHA-256").digest(envelope),
        ByteBuffer.allocate(4).putInt(file().get("day").asInt()).array());
  }

  @Test
  void theVerifierTakesTheProofAndNothingElse() throws Exception {
    var deposit = (Request.Deposit) Request.decode(ByteString.copyOf(hex(file(), "deposit")));
    Day day = new Day(file().get("day").asLong());
    ByteString network = ByteString.copyOf(hex(file(), "network_id"));
    Kept kept = Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), day);
    List<NodeKey> members = new ArrayList<>();
    for (JsonNode member : file().get("members")) {
      members.add(new NodeKey(ByteString.copyOf(hex(member, "node_key"))));
    }

    assertThat(receipts(file(), "proof").prove(kept, members, Receipts.QUORUM)).isTrue();
    for (Map.Entry<String, JsonNode> none : file().get("no_proof").properties()) {
      assertThat(
              receipts(file().get("no_proof"), none.getKey()).prove(kept, members, Receipts.QUORUM))
          .as(none.getKey())
          .isFalse();
    }
  }

  private static Receipts receipts(JsonNode node, String name) throws Exception {
    return Receipts.decode(ByteString.copyOf(hex(node, name)));
  }

  @Test
  void theAdmissionIsWork() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(
                join(
                    "waxwing swarm admission v1".getBytes(StandardCharsets.US_ASCII),
                    hex(file(), "network_id"),
                    hex(file(), "owner_key"),
                    hex(file(), "mailbox_id"),
                    hex(file(), "admission_token")));

    assertThat(new BigInteger(1, hash).bitLength())
        .isLessThanOrEqualTo(256 - file().get("admission_zero_bits").asInt());
  }

  private static PublicKey publicKey(byte[] encoded) throws Exception {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = encoded[31 - i];
    }
    boolean odd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
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
