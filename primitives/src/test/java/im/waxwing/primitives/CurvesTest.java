package im.waxwing.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Both backends against the standards, and against each other.
class CurvesTest {

  static final List<Curves> BACKENDS = List.of(sodium(), new BouncyCurves());

  private static Curves sodium() {
    assertThat(Backend.current()).isEqualTo(Backend.LIBSODIUM);
    return Curves.CHOSEN;
  }

  @ParameterizedTest
  @FieldSource("BACKENDS")
  void agreesAsRfc7748Section52Says(Curves curves) {
    assertThat(
            shared(
                curves,
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    assertThat(
            shared(
                curves,
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"))
        .isEqualTo("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
  }

  @ParameterizedTest
  @FieldSource("BACKENDS")
  void agreesAThousandTimesAsRfc7748Section52Says(Curves curves) {
    byte[] scalar = basePoint();
    byte[] point = basePoint();

    for (int round = 0; round < 1_000; round++) {
      byte[] shared = new byte[32];
      assertThat(curves.x25519(scalar, 0, point, 0, shared, 0)).isTrue();
      point = scalar;
      scalar = shared;
    }

    assertThat(Hex.text(scalar))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @ParameterizedTest
  @FieldSource("BACKENDS")
  void refusesEveryPointOfLowOrder(Curves curves) {
    byte[] scalar = new byte[32];
    new Random(7748).nextBytes(scalar);

    assertThat(lowOrderPoints())
        .allSatisfy(
            point -> assertThat(curves.x25519(scalar, 0, point, 0, new byte[32], 0)).isFalse());
  }

  @ParameterizedTest
  @FieldSource("BACKENDS")
  void writesTheSharedValueOverThePointWhenAsked(Curves curves) {
    byte[] scalar = Hex.bytes("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    byte[] place = new byte[40];
    System.arraycopy(
        Hex.bytes("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
        0,
        place,
        5,
        32);

    assertThat(curves.x25519(scalar, 0, place, 5, place, 5)).isTrue();

    assertThat(Hex.text(Arrays.copyOfRange(place, 5, 37)))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  }

  /// RFC 7693 appendix E: keyed and plain hashes of many lengths, hashed together.
  @ParameterizedTest
  @FieldSource("BACKENDS")
  void hashesAsRfc7693AppendixESays(Curves curves) {
    var all = new ByteArrayOutputStream();
    for (int hashLength : new int[] {20, 32, 48, 64}) {
      for (int length : new int[] {0, 3, 128, 129, 255, 1024}) {
        byte[] data = rfc7693Sequence(length, length);
        byte[] key = rfc7693Sequence(hashLength, hashLength);
        byte[] hash = new byte[hashLength];
        curves.blake2b(new byte[0], 0, 0, data, 0, length, hash);
        all.writeBytes(hash);
        curves.blake2b(key, 0, hashLength, data, 0, length, hash);
        all.writeBytes(hash);
      }
    }
    byte[] grand = new byte[32];
    curves.blake2b(new byte[0], 0, 0, all.toByteArray(), 0, all.size(), grand);

    assertThat(Hex.text(grand))
        .isEqualTo("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475");
  }

  @ParameterizedTest
  @FieldSource("BACKENDS")
  void signsAsRfc8032Section71Says(Curves curves) {
    assertSignature(
        curves,
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertSignature(
        curves,
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertSignature(
        curves,
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  }

  @Test
  void bothBackendsComputeTheSame() {
    var random = new Random(20_261_123);
    for (int round = 0; round < 100; round++) {
      byte[] scalar = new byte[32];
      byte[] point = new byte[32];
      byte[] data = new byte[random.nextInt(300)];
      random.nextBytes(scalar);
      random.nextBytes(point);
      random.nextBytes(data);

      assertThat(BACKENDS.stream().map(curves -> everything(curves, scalar, point, data)))
          .as("seed 20261123, round %d", round)
          .hasSize(2)
          .containsOnly(everything(BACKENDS.getFirst(), scalar, point, data));
    }
  }

  static Stream<byte[]> lowOrderPoints() {
    return Stream.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        .map(Hex::bytes);
  }

  private static String everything(Curves curves, byte[] scalar, byte[] point, byte[] data) {
    byte[] base = new byte[32];
    byte[] shared = new byte[32];
    byte[] hash = new byte[32];
    byte[] publicKey = new byte[32];
    byte[] signature = new byte[64];
    curves.x25519Base(scalar, base);
    boolean agreed = curves.x25519(scalar, 0, point, 0, shared, 0);
    curves.blake2b(point, 0, 32, data, 0, data.length, hash);
    curves.ed25519PublicKey(scalar, publicKey);
    curves.ed25519Sign(scalar, publicKey, data, signature);
    byte[] stream = data.clone();
    curves.chaCha20(scalar, 0, stream, 0, stream.length);
    boolean verified = curves.ed25519Verify(publicKey, data, signature);
    signature[3] ^= 4;
    boolean forged = curves.ed25519Verify(publicKey, data, signature);
    return String.join(
        " ",
        Hex.text(base),
        agreed + Hex.text(shared),
        Hex.text(hash),
        Hex.text(stream),
        Hex.text(publicKey),
        Hex.text(signature),
        verified + " " + forged);
  }

  private static String shared(Curves curves, String scalar, String point) {
    byte[] shared = new byte[32];
    assertThat(curves.x25519(Hex.bytes(scalar), 0, Hex.bytes(point), 0, shared, 0)).isTrue();
    return Hex.text(shared);
  }

  private static void assertSignature(
      Curves curves, String seed, String publicKey, String message, String signature) {
    byte[] computedKey = new byte[32];
    byte[] computed = new byte[64];
    curves.ed25519PublicKey(Hex.bytes(seed), computedKey);
    curves.ed25519Sign(Hex.bytes(seed), computedKey, Hex.bytes(message), computed);

    assertThat(Hex.text(computedKey)).isEqualTo(publicKey);
    assertThat(Hex.text(computed)).isEqualTo(signature);
    assertThat(curves.ed25519Verify(computedKey, Hex.bytes(message), computed)).isTrue();
  }

  private static byte[] basePoint() {
    byte[] point = new byte[32];
    point[0] = 9;
    return point;
  }

  /// The deterministic sequence of RFC 7693 appendix E (`selftest_seq`).
  private static byte[] rfc7693Sequence(int length, int seed) {
    byte[] sequence = new byte[length];
    int a = 0xDEAD4BAD * seed;
    int b = 1;
    for (int i = 0; i < length; i++) {
      int t = a + b;
      a = b;
      b = t;
      sequence[i] = (byte) (t >>> 24);
    }
    return sequence;
  }
}
