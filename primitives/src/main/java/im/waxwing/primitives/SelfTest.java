package im.waxwing.primitives;

import java.util.Arrays;
import java.util.HexFormat;

/// Known answers that a freshly loaded library has to give before it is trusted.
final class SelfTest {

  private SelfTest() {}

  static boolean passes(Curves curves) {
    return x25519(curves) && blake2b(curves) && ed25519(curves);
  }

  // RFC 7748 §5.2 and §7: first vector, and a point of small order
  private static boolean x25519(Curves curves) {
    byte[] scalar = hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    byte[] point = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    byte[] shared = new byte[32];
    return curves.x25519(scalar, 0, point, 0, shared, 0)
        && Arrays.equals(
            shared, hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"))
        && !curves.x25519(scalar, 0, new byte[32], 0, shared, 0);
  }

  // RFC 7693 appendix A
  private static boolean blake2b(Curves curves) {
    byte[] hash = new byte[64];
    curves.blake2b(new byte[0], 0, 0, new byte[] {'a', 'b', 'c'}, 0, 3, hash);
    return Arrays.equals(
        hash,
        hex(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"));
  }

  // RFC 8032 §7.1 test 1
  private static boolean ed25519(Curves curves) {
    byte[] seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    byte[] publicKey = new byte[32];
    byte[] signature = new byte[64];
    curves.ed25519PublicKey(seed, publicKey);
    curves.ed25519Sign(seed, publicKey, new byte[0], signature);
    return Arrays.equals(
            signature,
            hex(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                    + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"))
        && curves.ed25519Verify(publicKey, new byte[0], signature)
        && !curves.ed25519Verify(publicKey, new byte[1], signature);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
