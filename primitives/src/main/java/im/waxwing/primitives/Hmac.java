package im.waxwing.primitives;

import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 (RFC 2104), 32 bytes.
///
/// An instance is a reusable machine: [#start], [#update], [#finish]. One thread at a time.
public final class Hmac {

  /// Bytes of a result.
  public static final int LENGTH = 32;

  // SecretKeySpec refuses an empty key; HMAC pads keys with zeros, so one zero byte is the same key
  private static final SecretKeySpec EMPTY_KEY = new SecretKeySpec(new byte[1], "HmacSHA256");

  private final Mac mac = Jdk.mac("HmacSHA256");

  /// A machine without a key yet.
  public Hmac() {}

  /// The code of `data` under `key`, in one call. Safe for many threads.
  public static byte[] of(byte[] key, byte[] data) {
    byte[] code = new byte[LENGTH];
    new Hmac().start(key, 0, key.length).update(data, 0, data.length).finish(code, 0);
    return code;
  }

  /// Forgets what came before and takes a key, which may be empty.
  public Hmac start(byte[] key, int at, int length) {
    try {
      mac.init(length == 0 ? EMPTY_KEY : new SecretKeySpec(key, at, length, "HmacSHA256"));
      return this;
    } catch (InvalidKeyException cause) {
      throw Jdk.broken(cause);
    }
  }

  /// Adds bytes to what is authenticated.
  public Hmac update(byte[] data, int at, int length) {
    mac.update(data, at, length);
    return this;
  }

  /// Adds one byte.
  public Hmac update(byte value) {
    mac.update(value);
    return this;
  }

  /// Writes the 32 bytes of the code; the key stays for a next one.
  public void finish(byte[] code, int at) {
    try {
      mac.doFinal(code, at);
    } catch (ShortBufferException cause) {
      throw new IllegalArgumentException("no room for 32 bytes", cause);
    }
  }
}
