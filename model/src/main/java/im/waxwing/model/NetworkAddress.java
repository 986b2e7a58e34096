package im.waxwing.model;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// An onion network, and where one of its nodes or authorities hands out its documents to newcomers
/// (consensus.md §10). Written `onion:host:port/ID`, the id in base64url.
///
/// Equal to every other address of the same network: each entry leads to the same.
public record NetworkAddress(String host, int port, NetworkId id) implements Place {
  public static final String PREFIX = "onion:";

  public NetworkAddress {
    HostAndPort _ = new HostAndPort(host, port);
  }

  /// Whether a text begins like one.
  public static boolean isOne(String text) {
    return text.strip().startsWith(PREFIX);
  }

  /// @throws MalformedException naming the part that is wrong
  public static NetworkAddress parse(String text) throws MalformedException {
    String stripped = text.strip();
    String[] parts = stripped.split("/", -1);
    if (!stripped.startsWith(PREFIX) || parts.length != 2) {
      throw new MalformedException("network address", "must be onion:host:port/id");
    }
    HostAndPort entry = HostAndPort.parse(parts[0].substring(PREFIX.length()));
    ByteString id = ByteString.parseBase64Url("network id", parts[1]);
    if (id.size() != NetworkId.SIZE) {
      throw new MalformedException("network id", "must have " + NetworkId.SIZE + " bytes");
    }
    return new NetworkAddress(entry.host(), entry.port(), new NetworkId(id));
  }

  @Override
  public ByteString name() {
    return id.bytes();
  }

  @Override
  public String format() {
    return PREFIX + host + ":" + port + "/" + id.bytes().base64Url();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkAddress that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "NetworkAddress[redacted]";
  }
}
