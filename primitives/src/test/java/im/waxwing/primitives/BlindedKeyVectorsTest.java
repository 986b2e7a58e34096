package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.primitives.Ed25519.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// `spec/vectors/blinded-key.json`, for other implementers of the formula of [BlindedKey].
class BlindedKeyVectorsTest {

  private static final Path FILE = Path.of("../spec/vectors/blinded-key.json");
  private static final long SEED = 25_519;
  private static final long[] DAYS = {0, 1, 20_780, 20_781, 0xFFFF_FFFFL, -1};

  /// `-Dim.waxwing.vectors.write` writes the file anew, when the formula has changed.
  @Test
  void theGeneratorReproducesTheFile() throws Exception {
    String generated = generate();
    if (System.getProperty("im.waxwing.vectors.write") != null) {
      Files.writeString(FILE, generated);
    }

    assertThat(Files.readString(FILE)).isEqualTo(generated);
  }

  private static String generate() throws JsonProcessingException {
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    var random = new Random(SEED);
    ObjectNode root = json.createObjectNode();
    var vectors = root.putArray("blinded_keys");
    for (long day : DAYS) {
      addVector(vectors.addObject(), bytes(32, random), day, bytes(random.nextInt(80), random));
    }
    return json.writeValueAsString(root) + "\n";
  }

  private static void addVector(ObjectNode vector, byte[] seed, long day, byte[] message) {
    SigningKey lasting = SigningKey.ofSeed(seed);
    BlindedKey blinded = lasting.blindedFor(day);
    vector.put("seed", Hex.text(seed));
    vector.put("public_key", Hex.text(lasting.publicKey()));
    vector.put("day", Long.toUnsignedString(day));
    vector.put("blinded_public_key", Hex.text(blinded.publicKey()));
    vector.put("message", Hex.text(message));
    vector.put("signature", Hex.text(blinded.sign(message)));
  }

  private static byte[] bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
