package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.consensus.Parameters.Rule;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/// Whether nodes may stand together on a path or in a swarm.
final class Apart {
  private Apart() {}

  static boolean from(Entry node, Collection<Entry> others, Parameters parameters) {
    return others.stream().allMatch(other -> are(node, other, parameters));
  }

  private static boolean are(Entry one, Entry two, Parameters parameters) {
    return !one.key().equals(two.key())
        && !(parameters.rules().contains(Rule.OPERATOR) && isSameOperator(one, two))
        && !(parameters.rules().contains(Rule.SUBNET) && subnet(one).equals(subnet(two)));
  }

  static boolean isSameOperator(Entry one, Entry two) {
    return one.operator().key().equals(two.operator().key());
  }

  /// The first 2 bytes of an IPv4 address or 4 of an IPv6 address; of a name, the whole name.
  private static ByteString subnet(Entry node) {
    String host = node.address().host();
    try {
      byte[] address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getAddress();
      return ByteString.copyOf(Arrays.copyOf(address, address.length == 4 ? 2 : 4));
    } catch (IllegalArgumentException e) {
      byte[] name = host.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
      return ByteString.copyOf(name);
    }
  }
}
