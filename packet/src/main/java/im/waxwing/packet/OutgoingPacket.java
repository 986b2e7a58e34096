package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;

/// A packet and the node it must be given to.
public record OutgoingPacket(NodeKey first, ByteString packet) {

  @Override
  public String toString() {
    return "OutgoingPacket[redacted]";
  }
}
