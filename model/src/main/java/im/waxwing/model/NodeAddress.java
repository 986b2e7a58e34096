package im.waxwing.model;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import java.nio.charset.StandardCharsets;

/// Where a node answers and the key by which it is known. Written `host:port/KEY`, the key in
/// base64url; an IPv6 host stands in brackets.
///
/// @param host a DNS name or IP literal of at most 100 characters
/// @param port 1 to 65,535
public record NodeAddress(String host, int port, NodeKey key) implements Place {
  public static final int MAX_HOST = 100;

  public NodeAddress {
    HostAndPort _ = new HostAndPort(host, port);
  }

  /// A node address and the right to keep one's mailbox there: `host:port/KEY/TOKEN`, what an
  /// operator hands to the people who live at the node.
  public record WithAdmission(NodeAddress node, AdmissionToken token) {
    /// @throws MalformedException naming the part that is wrong
    public static WithAdmission parse(String text) throws MalformedException {
      String[] parts = split(text, 3);
      SecretBytes token = SecretBytes.copyOf(sized("token", parts[2], AdmissionToken.SIZE));
      return new WithAdmission(NodeAddress.of(parts[0], parts[1]), new AdmissionToken(token));
    }

    /// The text to hand over. It holds the operator's secret: never for logs.
    public String format() {
      byte[] secret = token.secret().exposeSecret();
      return node.format() + "/" + ByteString.copyOf(secret).base64Url();
    }

    @Override
    public String toString() {
      return "NodeAddress.WithAdmission[redacted]";
    }
  }

  /// @throws MalformedException naming the part that is wrong
  public static NodeAddress parse(String text) throws MalformedException {
    String[] parts = split(text, 2);
    return of(parts[0], parts[1]);
  }

  public static boolean isHost(String host) {
    return HostAndPort.isHost(host);
  }

  public static boolean isPort(int port) {
    return HostAndPort.isPort(port);
  }

  @Override
  public ByteString name() {
    return key.bytes();
  }

  @Override
  public String format() {
    return host + ":" + port + "/" + key.bytes().base64Url();
  }

  private static String[] split(String text, int count) throws MalformedException {
    String[] parts = text.strip().split("/", -1);
    if (parts.length != count) {
      throw new MalformedException(
          "node address", count == 3 ? "must be host:port/key/token" : "must be host:port/key");
    }
    return parts;
  }

  private static NodeAddress of(String hostAndPort, String key) throws MalformedException {
    HostAndPort at = HostAndPort.parse(hostAndPort);
    return new NodeAddress(
        at.host(), at.port(), new NodeKey(ByteString.copyOf(sized("key", key, NodeKey.SIZE))));
  }

  private static byte[] sized(String field, String text, int size) throws MalformedException {
    byte[] bytes = ByteString.parseBase64Url(field, text).toByteArray();
    if (bytes.length != size) {
      throw new MalformedException(field, "must have " + size + " bytes");
    }
    return bytes;
  }

  /// The host's bytes as formats carry it.
  public byte[] hostBytes() {
    return host.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "NodeAddress[redacted]";
  }
}
