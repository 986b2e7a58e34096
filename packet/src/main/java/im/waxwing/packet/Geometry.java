package im.waxwing.packet;

/// The sizes of all packets of a network. Everything is derived from the longest path and the
/// payload.
///
/// @param hops the longest path, 1 to 5; shorter paths make packets of the same size
/// @param payloadLength bytes of clear payload, at least 1
public record Geometry(int hops, int payloadLength) {

  // packet.md §2
  static final int VERSION_LENGTH = 2;
  static final int POINT_LENGTH = 32;
  static final int MAC_LENGTH = 32;
  static final int PAYLOAD_TAG_LENGTH = 32;

  /// What a layer of the header tells its node: 82 bytes of commands, padded with zeros.
  static final int COMMANDS_LENGTH = 82;

  static final int POINT_AT = VERSION_LENGTH;
  static final int ROUTING_AT = POINT_AT + POINT_LENGTH;

  /// The longest path any network may have.
  public static final int MOST_HOPS = 5;

  /// The one every network has for requests and envelopes: 5 hops, 3,584 bytes, packets of 4,092.
  public static final Geometry STANDARD = new Geometry(MOST_HOPS, 3_584);

  /// Checks the ranges.
  public Geometry {
    if (hops < 1 || hops > MOST_HOPS) {
      throw new IllegalArgumentException("a path has 1 to " + MOST_HOPS + " hops");
    }
    if (payloadLength < 1 || payloadLength > 1 << 20) {
      throw new IllegalArgumentException("a payload has 1 byte to 1 MiB");
    }
  }

  int routingLength() {
    return hops * COMMANDS_LENGTH;
  }

  int macAt() {
    return ROUTING_AT + routingLength();
  }

  /// Bytes of the header: version, point, routing information, code.
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
