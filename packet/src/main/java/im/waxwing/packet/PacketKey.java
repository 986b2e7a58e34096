package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;

/// A node's key of one epoch, with which it removes its layer. Close it when the epoch and its
/// grace are over: packets recorded by others then stay closed for ever.
///
/// Safe for many threads.
public abstract sealed class PacketKey implements AutoCloseable permits NikeKey, HybridKey {

  private final Profile profile;
  private final ByteString publicKey;

  PacketKey(Profile profile, ByteString publicKey) {
    this.profile = profile;
    this.publicKey = publicKey;
  }

  /// A fresh key of the profile that all networks have today, [Profile#NIKE].
  public static PacketKey generate() {
    return generate(Profile.NIKE);
  }

  /// A fresh key. Nodes never write it to disk.
  public static PacketKey generate(Profile profile) {
    try (SecretBytes secret = SecretBytes.generate(profile.secretLength())) {
      return of(profile, secret);
    }
  }

  /// The key of a secret, which is copied: an X25519 scalar of 32 bytes, and with [Profile#HYBRID]
  /// behind it the ML-KEM seed of 64 bytes.
  static PacketKey of(Profile profile, SecretBytes secret) {
    return switch (profile) {
      case NIKE -> new NikeKey(secret.exposeSecret());
      case HYBRID -> HybridKey.of(secret);
    };
  }

  /// Whose packets it opens.
  public Profile profile() {
    return profile;
  }

  /// The bytes that senders need, published in the node's `nodeInfo`: [Profile#packetKeyLength].
  public ByteString publicKey() {
    return publicKey;
  }

  /// Writes the 32 bytes shared with the sender of the packet. False if the packet's point is of
  /// low order, which would have made them known to all.
  abstract boolean agree(byte[] packet, byte[] shared);

  /// Overwrites the secret: what is opened afterwards is not what was sent.
  @Override
  public abstract void close();

  @Override
  public String toString() {
    return "PacketKey[redacted]";
  }
}
