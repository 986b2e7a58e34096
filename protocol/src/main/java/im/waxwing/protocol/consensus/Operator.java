package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import java.util.regex.Pattern;

/// Who runs a node: all nodes of one operator are one *family*. A path goes by one of them only,
/// and a swarm has one of them only.
///
/// @param key Ed25519, 32 bytes; equal keys are one operator
/// @param name for people, at most 32 characters of `a-z 0-9 . -`; proves nothing, may be empty
public record Operator(ByteString key, String name) {
  public static final int KEY_SIZE = 32;
  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{0,32}");

  public Operator {
    Fields.demand(key.size() == KEY_SIZE, "an operator's key has 32 bytes");
    Fields.demand(isName(name), "an operator's name has at most 32 characters of a-z 0-9 . -");
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  void write(FieldWriter writer) {
    writer.bytes(key).shortText(name);
  }

  static Operator read(ByteReader reader) throws MalformedException {
    ByteString key = reader.bytes("operator key", KEY_SIZE);
    String name = Fields.readText(reader, "operator name");
    return Fields.checked("operator name", () -> new Operator(key, name));
  }

  @Override
  public String toString() {
    return "Operator[redacted]";
  }
}
