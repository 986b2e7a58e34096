package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.primitives.ConstantTime;

/// The tag of zeros by which a payload shows that nobody has touched it (packet.md §5).
final class Payloads {

  private static final byte[] TAG = new byte[Geometry.PAYLOAD_TAG_LENGTH];

  private Payloads() {}

  /// Writes tag, payload and zeros to the end of `packet`.
  static void place(byte[] payload, byte[] packet, Geometry geometry) {
    if (payload.length > geometry.payloadLength()) {
      throw new IllegalArgumentException(
          "a payload has at most " + geometry.payloadLength() + " bytes");
    }
    System.arraycopy(payload, 0, packet, geometry.headerLength() + TAG.length, payload.length);
  }

  /// Takes the decrypted payload off the end of `packet`.
  static ByteString open(byte[] packet, Geometry geometry) throws MalformedException {
    int tagAt = packet.length - geometry.sealedPayloadLength();
    if (!ConstantTime.equal(packet, tagAt, TAG, 0, TAG.length)) {
      throw new MalformedException("payload", "was changed on its way");
    }
    return ByteString.copyOf(packet, tagAt + TAG.length, geometry.payloadLength());
  }
}
