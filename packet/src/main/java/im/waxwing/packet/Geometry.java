package im.waxwing.packet;

/// The sizes of all packets of a network. Everything is derived from the profile, the longest path
/// and the payload.
///
/// @param profile how senders and nodes come to their shared secrets
/// @param hops the longest path, 1 to 5; shorter paths make packets of the same size
/// @param payloadLength bytes of clear payload, at least 1
public record Geometry(Profile profile, int hops, int payloadLength) {

  // packet.md §2
  static final int VERSION_LENGTH = 2;
  static final int MAC_LENGTH = 32;
  static final int PAYLOAD_TAG_LENGTH = 32;

  /// What a layer of the header tells its node: 82 bytes of commands, padded with zeros.
  static final int COMMANDS_LENGTH = 82;

  static final int ELEMENT_AT = VERSION_LENGTH;

  /// The longest path any network may have.
  public static final int MOST_HOPS = 5;

  /// The one every network has for requests and envelopes: 5 hops, 3,584 bytes, packets of 4,092.
  public static final Geometry STANDARD = new Geometry(Profile.NIKE, MOST_HOPS, 3_584);

  /// The one for networks that also resist quantum computers: 5 hops and packets of 17,218 bytes.
  /// The payload of 10,022 holds a request and a reply block, which alone has 7,260.
  public static final Geometry HYBRID = new Geometry(Profile.HYBRID, MOST_HOPS, 10_022);

  /// Checks the ranges.
  public Geometry {
    if (hops < 1 || hops > MOST_HOPS) {
      throw new IllegalArgumentException("a path has 1 to " + MOST_HOPS + " hops");
    }
    if (payloadLength < 1 || payloadLength > 1 << 20) {
      throw new IllegalArgumentException("a payload has 1 byte to 1 MiB");
    }
  }

  /// Bytes by which each hop lengthens the routing information: its commands, and what the layer
  /// carries for the next node.
  int layerLength() {
    return COMMANDS_LENGTH + profile.carriedLength();
  }

  int routingAt() {
    return ELEMENT_AT + profile.elementLength();
  }

  int routingLength() {
    return hops * layerLength();
  }

  int macAt() {
    return routingAt() + routingLength();
  }

  /// Bytes of the header: version, element, routing information, code.
  public int headerLength() {
    return macAt() + MAC_LENGTH;
  }

  /// Bytes of the payload as it travels, with its tag.
  public int sealedPayloadLength() {
    return PAYLOAD_TAG_LENGTH + payloadLength;
  }

  /// Bytes of a packet.
  public int packetLength() {
    return headerLength() + sealedPayloadLength();
  }

  /// Bytes of a reply block: header, first hop, key of the payload.
  public int replyBlockLength() {
    return headerLength() + Hop.NODE_LENGTH + LayerKeys.PAYLOAD_KEY_LENGTH;
  }
}
