package im.waxwing.base;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads big-endian fields off a stranger's bytes; every read is bounded and names its field.
///
/// One thread at a time.
public final class ByteReader {
  private final ByteBuffer buffer;

  /// Reads `bytes` in place; the caller must not change them meanwhile.
  public ByteReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  public ByteReader(ByteString bytes) {
    this(bytes.toByteArray());
  }

  public int remaining() {
    return buffer.remaining();
  }

  public int u8(String field) throws MalformedException {
    need(field, 1);
    return Byte.toUnsignedInt(buffer.get());
  }

  public int u16(String field) throws MalformedException {
    need(field, 2);
    return Short.toUnsignedInt(buffer.getShort());
  }

  public long u32(String field) throws MalformedException {
    need(field, 4);
    return Integer.toUnsignedLong(buffer.getInt());
  }

  /// A 64-bit field; values above `Long.MAX_VALUE` are refused.
  public long u64(String field) throws MalformedException {
    need(field, 8);
    long value = buffer.getLong();
    if (value < 0) {
      throw new MalformedException(field, "must be below 2^63");
    }
    return value;
  }

  public ByteString bytes(String field, int length) throws MalformedException {
    need(field, length);
    byte[] value = new byte[length];
    buffer.get(value);
    return ByteString.copyOf(value);
  }

  /// Everything that is left.
  public ByteString rest() {
    return ByteString.copyOf(
        Arrays.copyOfRange(
            buffer.array(),
            buffer.arrayOffset() + buffer.position(),
            buffer.arrayOffset() + buffer.limit()));
  }

  /// The rest must be zeros: padding that carries nothing.
  public void zeros(String field) throws MalformedException {
    while (buffer.hasRemaining()) {
      if (buffer.get() != 0) {
        throw new MalformedException(field, "must be zeros");
      }
    }
  }

  public void end(String field) throws MalformedException {
    if (buffer.hasRemaining()) {
      throw new MalformedException(field, "has bytes after its end");
    }
  }

  private void need(String field, int length) throws MalformedException {
    if (buffer.remaining() < length) {
      throw new MalformedException(field, "is cut short");
    }
  }
}
