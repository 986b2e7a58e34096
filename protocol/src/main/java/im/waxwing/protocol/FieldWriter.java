package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes big-endian fields one after the other. One thread at a time.
public final class FieldWriter {
  private ByteBuffer buffer;

  public FieldWriter(int expectedSizeInBytes) {
    this.buffer = ByteBuffer.allocate(expectedSizeInBytes);
  }

  public FieldWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  public FieldWriter u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  public FieldWriter u32(long value) {
    room(4).putInt((int) value);
    return this;
  }

  public FieldWriter u64(long value) {
    room(8).putLong(value);
    return this;
  }

  public FieldWriter day(Day day) {
    return u32(day.number());
  }

  public FieldWriter bytes(ByteString value) {
    room(value.size());
    value.copyTo(buffer.array(), buffer.position());
    buffer.position(buffer.position() + value.size());
    return this;
  }

  public FieldWriter secret(SecretBytes value) {
    byte[] exposed = value.exposeSecret();
    room(exposed.length).put(exposed);
    Arrays.fill(exposed, (byte) 0);
    return this;
  }

  /// Length u8, then ASCII.
  public FieldWriter shortText(String ascii) {
    byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
    room(1 + text.length).put((byte) text.length).put(text);
    return this;
  }

  public FieldWriter label(String ascii) {
    byte[] label = ascii.getBytes(StandardCharsets.US_ASCII);
    room(label.length).put(label);
    return this;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  public ByteString toByteString() {
    return ByteString.copyOf(buffer.array(), 0, buffer.position());
  }

  /// What was written, and zeros up to `size` bytes; the caller owns them.
  public byte[] paddedTo(int size) {
    if (buffer.position() > size) {
      throw new IllegalStateException("the fields are longer than their frame");
    }
    return Arrays.copyOf(buffer.array(), size);
  }

  private ByteBuffer room(int length) {
    if (buffer.remaining() < length) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + length);
      buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).position(buffer.position());
    }
    return buffer;
  }
}
