package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.primitives.X25519;
import java.util.Arrays;

/// A node's X25519 key of one epoch, with which it removes its layer. Close it when the epoch and
/// its grace are over: packets recorded by others then stay closed for ever.
public final class PacketKey implements AutoCloseable {

  private final byte[] secret;
  private final ByteString publicKey;

  private PacketKey(byte[] secret) {
    this.secret = secret;
    this.publicKey = ByteString.copyOf(X25519.publicKey(secret));
  }

  /// A fresh key. Nodes never write it to disk.
  public static PacketKey generate() {
    try (SecretBytes secret = SecretBytes.generate(X25519.LENGTH)) {
      return of(secret);
    }
  }

  /// The key of a 32-byte secret, which is copied.
  public static PacketKey of(SecretBytes secret) {
    return new PacketKey(secret.exposeSecret());
  }

  /// The 32 bytes that senders need, published in the node's `nodeInfo`.
  public ByteString publicKey() {
    return publicKey;
  }

  boolean agree(byte[] packet, int pointAt, byte[] shared) {
    return X25519.agree(secret, 0, packet, pointAt, shared, 0);
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "PacketKey[redacted]";
  }
}
