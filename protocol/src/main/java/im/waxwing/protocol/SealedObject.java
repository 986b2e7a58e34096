package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// What lies in a drawer: 2,560 bytes that only the holder of the drawer key opens.
public record SealedObject(ByteString bytes) {
  public static final int SIZE = 2560;

  public SealedObject {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("SealedObject needs " + SIZE + " bytes");
    }
  }

  /// Reads the body of an answer to [Request.TakeDrawer].
  public static SealedObject decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    SealedObject object = read(reader);
    reader.end("sealed object");
    return object;
  }

  static SealedObject read(ByteReader reader) throws MalformedException {
    return new SealedObject(reader.bytes("sealed object", SIZE));
  }

  @Override
  public String toString() {
    return "SealedObject[redacted]";
  }
}
