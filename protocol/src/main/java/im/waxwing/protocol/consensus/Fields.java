package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Supplier;

/// Fields that several documents have. What a value may be is said once, in its constructor.
final class Fields {
  static final int HASH_SIZE = 32;

  /// No document: the predecessor of a network's first consensus.
  static final ByteString NO_HASH = ByteString.copyOf(new byte[HASH_SIZE]);

  private Fields() {}

  /// A stranger's value, if its constructor takes it.
  static <T> T checked(String field, Supplier<T> value) throws MalformedException {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new MalformedException(field, "breaks a rule of its format");
    }
  }

  static void demand(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  static String readText(ByteReader reader, String field) throws MalformedException {
    byte[] bytes = reader.bytes(field, reader.u8(field)).toByteArray();
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /// Key 32 ‖ port u16 ‖ LP8(host).
  static void writeAddress(FieldWriter writer, NodeAddress address) {
    writer.bytes(address.key().bytes()).u16(address.port()).shortText(address.host());
  }

  static NodeAddress readAddress(ByteReader reader) throws MalformedException {
    NodeKey key = new NodeKey(reader.bytes("node key", NodeKey.SIZE));
    int port = reader.u16("port");
    String host = readText(reader, "host");
    return checked("address", () -> new NodeAddress(host, port, key));
  }

  static void writeMillis(FieldWriter writer, Duration time) {
    writer.u32(time.toMillis());
  }

  static Duration readMillis(ByteReader reader, String field) throws MalformedException {
    return Duration.ofMillis(reader.u32(field));
  }

  static NetworkId readNetwork(ByteReader reader) throws MalformedException {
    return new NetworkId(reader.bytes("network id", NetworkId.SIZE));
  }

  static void readVersion(ByteReader reader, int version) throws MalformedException {
    int read = reader.u8("version");
    if (read != version) {
      throw new MalformedException("version", "must be " + version);
    }
  }

  /// SHA-256 of what was written.
  static ByteString hash(FieldWriter writer) {
    try {
      return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(writer.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java installation lacks SHA-256", e);
    }
  }
}
