package im.waxwing.packet;

import im.waxwing.primitives.AesCtr;
import im.waxwing.primitives.ChaCha20;
import im.waxwing.primitives.Hkdf;
import im.waxwing.primitives.Hmac;
import im.waxwing.primitives.X25519;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys of one layer, all from the secret that sender and node share (packet.md §3).
///
/// Reused by one thread at a time; [#wipe] after use.
final class LayerKeys {

  /// Key and initial value of the payload cipher as reply blocks carry them.
  static final int PAYLOAD_KEY_LENGTH = 64;

  // packet.md §3
  private static final byte[] LABEL =
      "katzenpost-kdf-v0-hkdf-sha256".getBytes(StandardCharsets.US_ASCII);
  private static final int MAC_KEY_AT = 0;
  private static final int ROUTING_KEY_AT = 32;
  private static final int COUNTER_AT = 64;
  private static final int PAYLOAD_KEY_AT = 80;
  private static final int BLINDING_SEED_AT = 128;
  private static final int ALL_LENGTH = 160;
  private static final int SPRP_KEY_LENGTH = 48;
  private static final int COUNTER_LENGTH = 16;

  private final byte[] keys = new byte[ALL_LENGTH];
  private final byte[] scalar = new byte[X25519.LENGTH];
  private final Hkdf hkdf = new Hkdf();
  private final Hmac hmac = new Hmac();
  private final AesCtr routing = new AesCtr();

  /// Derives everything from the 32-byte shared secret.
  void derive(byte[] shared) {
    hkdf.expand(shared, 0, X25519.LENGTH, LABEL, keys);
  }

  /// Starts the code over version, point and routing information.
  Hmac startMac() {
    return hmac.start(keys, MAC_KEY_AT, Geometry.MAC_LENGTH);
  }

  /// Writes `input` XOR the key stream of the routing information.
  void applyRouting(byte[] input, int length, byte[] output) {
    routing.apply(keys, ROUTING_KEY_AT, keys, COUNTER_AT, input, 0, length, output, 0);
  }

  void encryptPayload(PayloadCipher cipher, byte[] data, int at, int length) {
    cipher.encrypt(keys, PAYLOAD_KEY_AT, keys, COUNTER_AT, data, at, length);
  }

  void decryptPayload(PayloadCipher cipher, byte[] data, int at, int length) {
    cipher.decrypt(keys, PAYLOAD_KEY_AT, keys, COUNTER_AT, data, at, length);
  }

  /// Writes the 64 bytes by which the maker of a reply block undoes this layer.
  void exportPayloadKey(byte[] target, int at) {
    System.arraycopy(keys, PAYLOAD_KEY_AT, target, at, SPRP_KEY_LENGTH);
    System.arraycopy(keys, COUNTER_AT, target, at + SPRP_KEY_LENGTH, COUNTER_LENGTH);
  }

  /// Multiplies the point at `at` by this layer's blinding scalar, in place. False if the point is
  /// of low order.
  boolean blind(byte[] point, int at) {
    Arrays.fill(scalar, (byte) 0);
    ChaCha20.apply(keys, BLINDING_SEED_AT, scalar, 0, X25519.LENGTH);
    return X25519.agree(scalar, 0, point, at, point, at);
  }

  void wipe() {
    Arrays.fill(keys, (byte) 0);
    Arrays.fill(scalar, (byte) 0);
  }
}
