package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.nio.charset.StandardCharsets;

/// A node's address as a field: port u16 ‖ length u8 ‖ host ‖ node key 32.
final class Addresses {
  private Addresses() {}

  static FieldWriter write(FieldWriter writer, NodeAddress address) {
    return writer.u16(address.port()).shortText(address.host()).bytes(address.key().bytes());
  }

  static NodeAddress read(ByteReader reader) throws MalformedException {
    int port = readPort(reader);
    String host = readHost(reader);
    return new NodeAddress(host, port, new NodeKey(reader.bytes("node key", NodeKey.SIZE)));
  }

  static int readPort(ByteReader reader) throws MalformedException {
    int port = reader.u16("port");
    if (!NodeAddress.isPort(port)) {
      throw new MalformedException("port", "must be 1 to 65535");
    }
    return port;
  }

  static String readHost(ByteReader reader) throws MalformedException {
    ByteString bytes = reader.bytes("host", reader.u8("host length"));
    String host = new String(bytes.toByteArray(), StandardCharsets.US_ASCII);
    if (!NodeAddress.isHost(host)) {
      throw new MalformedException("host", "must be a name or an IP address");
    }
    return host;
  }
}
