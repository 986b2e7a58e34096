package im.waxwing.protocol.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.protocol.consensus.Ballot.SignedHash;
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
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `spec/vectors/consensus.json`: made by our generator, replayed by our verifiers, and checked a
/// second time here with the platform's own SHA-256, Ed25519 and ML-DSA, by the words of the
/// specification.
class ConsensusVectorsTest {
  private static final Path FILE = Path.of("../spec/vectors/consensus.json");
  private static final int HASH = 32;
  private static final int SIGNATURE = 1 + 64 + 3_309;
  private static final int STATEMENT = 1 + HASH + 8 + HASH;

  /// The SubjectPublicKeyInfo of an ML-DSA-65 key, without its 1,952 bytes (RFC 9881).
  private static final byte[] LATTICE_KEY_INFO =
      HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");

  private final JsonNode file;
  private final AuthoritySet set;

  ConsensusVectorsTest() throws Exception {
    file = new JsonMapper().readTree(Files.readString(FILE));
    set = AuthoritySet.parse(file.get("network_file").asText());
  }

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the format has changed.
  @BeforeAll
  static void writeAnew() throws Exception {
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.writeString(FILE, new ConsensusVectors().generate());
    }
  }

  @Test
  void theGeneratorReproducesTheFile() throws Exception {
    assertThat(Files.readString(FILE)).isEqualTo(new ConsensusVectors().generate());
  }

  // --- by the words of the specification -------------------------------------------------------

  @Test
  void theNetworkIdIsTheHashOfTheNetworkFile() throws Exception {
    byte[] text = join("waxwing network v1".getBytes(StandardCharsets.US_ASCII), u32(3_600_000));
    text = join(text, new byte[] {(byte) set.authorities().size()});
    for (Authority one : set.authorities()) {
      byte[] host = one.address().host().getBytes(StandardCharsets.US_ASCII);
      text =
          join(
              text,
              one.key().toByteArray(),
              ByteBuffer.allocate(2).putShort((short) one.address().port()).array(),
              new byte[] {(byte) host.length},
              host,
              one.latticeKey().toByteArray());
    }

    assertThat(sha256(text)).isEqualTo(hex(file, "network_id"));
  }

  @Test
  void eachSignatureOfAConsensusIsOfBothKeys() throws Exception {
    for (String round : List.of("first_epoch", "second_epoch")) {
      byte[] hash = hex(file.get(round), "hash");
      byte[] document = hex(file.get(round), "consensus");
      assertThat(sha256(ascii("waxwing document v1"), new byte[] {3}, document)).isEqualTo(hash);
      for (JsonNode word : file.get(round).get("signatures")) {
        byte[] bytes = HexFormat.of().parseHex(word.asText());
        byte[] statement = Arrays.copyOf(bytes, STATEMENT);
        byte[] message = join(ascii("waxwing authority v1"), statement);
        Authority signer = set.authorities().get(bytes[STATEMENT]);

        assertThat(statement).endsWith(hash);
        assertThat(verifies("Ed25519", edwards(signer), message, bytes, STATEMENT + 1, 64))
            .isTrue();
        assertThat(verifies("ML-DSA-65", lattice(signer), message, bytes, STATEMENT + 65, 3_309))
            .isTrue();
      }
    }
  }

  @Test
  void theSharedRandomIsTheHashOfWhatWasRevealed() throws Exception {
    for (String round : List.of("first_epoch", "second_epoch")) {
      byte[] previous =
          round.equals("first_epoch") ? new byte[HASH] : hex(file.get("first_epoch"), "hash");
      long epoch = file.get(round).get("epoch").asLong();
      byte[] text = join(ascii("waxwing shared random v1"), hex(file, "network_id"), u64(epoch));
      text = join(text, previous, new byte[] {3});
      for (byte place = 0; place < 3; place++) {
        byte[] reveal = HexFormat.of().parseHex(file.get(round).get("reveals").get(place).asText());
        byte[] value = Arrays.copyOfRange(reveal, reveal.length - SIGNATURE - HASH, reveal.length);
        text = join(text, new byte[] {place}, Arrays.copyOf(value, HASH));
      }

      assertThat(sha256(text)).isEqualTo(hex(file.get(round), "shared_random"));
    }
  }

  @Test
  void theBestPlacedNodeIsTheOneWithTheSmallestDistance() throws Exception {
    Consensus consensus = signed("second").consensus();
    for (JsonNode one : file.get("placement")) {
      Day day = new Day(one.get("day").asLong());
      byte[] random = consensus.dayRandom(day).orElseThrow().toByteArray();
      double least = Double.MAX_VALUE;
      byte[] best = {};
      for (Entry node : consensus.storage()) {
        byte[] key = node.key().bytes().toByteArray();
        byte[] hash = sha256(ascii("waxwing placement v1"), random, hex(one, "name"), key);
        double x = ByteBuffer.wrap(hash).getLong() >>> 11;
        double distance = -StrictMath.log((x + 0.5) / 0x1p53) / node.weight();
        if (distance < least) {
          least = distance;
          best = key;
        }
      }

      assertThat(one.get("swarm").get(0).asText()).isEqualTo(HexFormat.of().formatHex(best));
    }
  }

  // --- by our own verifiers --------------------------------------------------------------------

  @Test
  void theVotesGiveTheConsensusInWhateverOrderTheyCome() throws Exception {
    Optional<Consensus> previous = Optional.empty();
    for (String name : List.of("first", "second")) {
      JsonNode round = file.get(name + "_epoch");
      Ballot ballot = new Ballot(set, round.get("epoch").asLong());
      for (int place : List.of(2, 0, 1)) {
        assertThat(ballot.addVote(Vote.decode(element(round, "votes", place)))).isTrue();
        assertThat(ballot.addReveal(Reveal.decode(element(round, "reveals", place)))).isTrue();
      }
      Consensus consensus = ballot.tabulate(previous).orElseThrow();
      for (int place : List.of(1, 2, 0)) {
        SignedHash word = SignedHash.decode(element(round, "signatures", place));
        assertThat(ballot.addSignature(word)).isTrue();
      }

      assertThat(consensus.encode()).isEqualTo(bytes(round, "consensus"));
      assertThat(ballot.signed(consensus)).contains(signed(name));
      previous = Optional.of(consensus);
    }
  }

  @Test
  void theSwarmsAreThoseOfTheFile() throws Exception {
    Consensus consensus = signed("second").consensus();
    for (JsonNode one : file.get("placement")) {
      List<String> swarm = new ArrayList<>();
      one.get("swarm").forEach(key -> swarm.add(key.asText()));
      Day day = new Day(one.get("day").asLong());

      assertThat(Placement.swarm(consensus, bytes(one, "name"), day))
          .extracting(node -> node.key().bytes().hex())
          .containsExactlyElementsOf(swarm);
    }
  }

  @Test
  void descriptorsCountOnlyAsTheyWereSignedAndInTheirTime() throws Exception {
    Ballot ballot = new Ballot(set, file.get("first_epoch").get("epoch").asLong());
    for (JsonNode one : file.get("descriptors")) {
      assertThat(ballot.isProper(Descriptor.decode(bytes(one, "descriptor")))).isTrue();
    }
    for (Map.Entry<String, JsonNode> one : file.get("refused_descriptors").properties()) {
      Descriptor descriptor = Descriptor.decode(ByteString.ofHex(one.getValue().asText()));
      assertThat(ballot.isProper(descriptor)).as(one.getKey()).isFalse();
    }
  }

  @Test
  void theProofHoldsAndNothingLikeItDoes() throws Exception {
    assertThat(ProofOfEquivocation.decode(bytes(file, "proof")))
        .returns(1, ProofOfEquivocation::authority)
        .returns(true, proof -> proof.holds(set));
    for (Map.Entry<String, JsonNode> one : file.get("no_proof").properties()) {
      ByteString bytes = ByteString.ofHex(one.getValue().asText());
      assertThat(ProofOfEquivocation.decode(bytes).holds(set)).as(one.getKey()).isFalse();
    }
  }

  @Test
  void whoSeesBothFacesMakesTheProof() throws Exception {
    Ballot ballot = new Ballot(set, file.get("second_epoch").get("epoch").asLong());
    assertThat(ballot.addVote(Vote.decode(bytes(file, "two_faced_vote")))).isTrue();
    assertThat(ballot.addVote(Vote.decode(bytes(file, "two_faced_other_vote")))).isTrue();

    assertThat(ballot.proofs())
        .extracting(ProofOfEquivocation::encode)
        .containsExactly(bytes(file, "proof"));
  }

  @Test
  void theVerifierSaysOfEachConsensusWhatTheFileSays() throws Exception {
    for (JsonNode one : file.get("chain")) {
      Instant now = Instant.ofEpochMilli(one.get("now_in_ms").asLong());
      ConsensusChain chain = new ConsensusChain(set);
      for (JsonNode known : one.get("known")) {
        assertThat(chain.accept(signed(known.asText()), now)).isInstanceOf(Verdict.Accepted.class);
      }
      SignedConsensus offered = signed(one.get("offered").asText());

      assertThat(said(chain.accept(offered, now)))
          .as(one.toString())
          .isEqualTo(one.get("verdict").asText());
    }
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted _ -> "ACCEPTED";
      case Verdict.Known _ -> "KNOWN";
      case Verdict.Behind _ -> "BEHIND";
      case Verdict.Refused(Verdict.Reason reason, _) -> reason.name();
    };
  }

  @Test
  void malformedDocumentsAreRefused() {
    for (Map.Entry<String, JsonNode> one : file.get("malformed").properties()) {
      ByteString bytes = ByteString.ofHex(one.getValue().asText());
      assertThatThrownBy(() -> SignedConsensus.decode(bytes))
          .as(one.getKey())
          .isInstanceOf(MalformedException.class);
    }
  }

  // --- reading ---------------------------------------------------------------------------------

  private SignedConsensus signed(String name) throws Exception {
    return SignedConsensus.decode(bytes(file.get("chain_documents"), name));
  }

  private static ByteString element(JsonNode node, String name, int index) {
    return ByteString.ofHex(node.get(name).get(index).asText());
  }

  private static ByteString bytes(JsonNode node, String name) {
    return ByteString.ofHex(node.get(name).asText());
  }

  private static byte[] hex(JsonNode node, String name) {
    return bytes(node, name).toByteArray();
  }

  private static boolean verifies(
      String algorithm, PublicKey key, byte[] message, byte[] signed, int at, int length)
      throws Exception {
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signed, at, length);
  }

  private static PublicKey edwards(Authority authority) throws Exception {
    byte[] bigEndian = new byte[HASH];
    for (int i = 0; i < HASH; i++) {
      bigEndian[i] = authority.key().at(HASH - 1 - i);
    }
    boolean odd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static PublicKey lattice(Authority authority) throws Exception {
    byte[] info = join(LATTICE_KEY_INFO, authority.latticeKey().toByteArray());
    return KeyFactory.getInstance("ML-DSA-65").generatePublic(new X509EncodedKeySpec(info));
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] u32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] u64(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static byte[] sha256(byte[]... parts) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(join(parts));
  }

  private static byte[] join(byte[]... parts) {
    ByteString all = ByteString.EMPTY;
    for (byte[] part : parts) {
      all = all.plus(ByteString.copyOf(part));
    }
    return all.toByteArray();
  }
}
