package im.waxwing.fuzz;

import im.waxwing.base.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Inputs by name, and the ways in which Mallory changes a good one.
public final class Cases {
  private final Map<String, byte[]> inputs = new LinkedHashMap<>();

  public Cases with(String name, byte[] input) {
    if (inputs.put(name, input) != null) {
      throw new IllegalArgumentException("two inputs are named " + name);
    }
    return this;
  }

  public Cases with(String name, ByteString input) {
    return with(name, input.toByteArray());
  }

  public Cases with(String name, String input) {
    return with(name, input.getBytes(StandardCharsets.UTF_8));
  }

  Map<String, byte[]> inputs() {
    return inputs;
  }

  /// A copy in which the byte at `index`, or at so many from the end, is `value`.
  public static byte[] set(byte[] input, int index, int value) {
    byte[] changed = input.clone();
    changed[index < 0 ? input.length + index : index] = (byte) value;
    return changed;
  }

  /// A copy with one bit changed at `index`, or at so many from the end.
  public static byte[] flip(byte[] input, int index) {
    int at = index < 0 ? input.length + index : index;
    return set(input, at, input[at] ^ 1);
  }

  public static byte[] cut(byte[] input, int length) {
    return Arrays.copyOf(input, length);
  }

  public static byte[] repeat(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  public static ByteString run(int value, int length) {
    return ByteString.copyOf(repeat(value, length));
  }

  public static byte[] join(byte[]... parts) {
    ByteString all = ByteString.EMPTY;
    for (byte[] part : parts) {
      all = all.plus(ByteString.copyOf(part));
    }
    return all.toByteArray();
  }
}
