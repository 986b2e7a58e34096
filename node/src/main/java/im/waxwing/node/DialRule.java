package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import java.net.Inet4Address;
import java.net.InetAddress;

/// Which network addresses a node dials because somebody asked it to. A public node could otherwise
/// be sent to knock at doors of its own machine or house.
///
/// @param everywhere this node itself is one of a machine or house
record DialRule(boolean everywhere) {
  static DialRule of(String ownHost) {
    String host = ownHost.startsWith("[") ? ownHost.substring(1, ownHost.length() - 1) : ownHost;
    boolean literal = host.contains(":") || host.matches("[0-9.]+");
    return new DialRule(
        host.equalsIgnoreCase("localhost") || (literal && isInside(InetAddress.ofLiteral(host))));
  }

  /// Whether `found`, to which the host of `node` resolved, may be dialled.
  boolean allows(InetAddress found, NodeAddress node, Federation federation) {
    if (found.isMulticastAddress() || found.isAnyLocalAddress()) {
      return false;
    }
    return everywhere || federation.lists(node) || !isInside(found);
  }

  /// An address that means another machine to everybody else, or none.
  private static boolean isInside(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address
            ? isInside4(address.getAddress())
            : isInside6(address.getAddress()));
  }

  private static boolean isInside4(byte[] four) {
    int first = Byte.toUnsignedInt(four[0]);
    int second = Byte.toUnsignedInt(four[1]);
    // "This network", carrier-grade NAT, benchmarking, reserved and broadcast
    return first == 0
        || (first == 100 && (second & 0xc0) == 64)
        || (first == 198 && (second & 0xfe) == 18)
        || first >= 240;
  }

  private static boolean isInside6(byte[] six) {
    int first = Byte.toUnsignedInt(six[0]);
    int second = Byte.toUnsignedInt(six[1]);
    // Unique local; 6to4 and NAT64, which carry IPv4 addresses inside
    return (first & 0xfe) == 0xfc
        || (first == 0x20 && second == 0x02)
        || (first == 0x00 && second == 0x64);
  }
}
