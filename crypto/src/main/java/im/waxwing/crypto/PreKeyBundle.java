package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.model.DeviceId;
import org.jspecify.annotations.Nullable;

/// The public keys with which a session begins while their owner is away (envelope.md §5).
///
/// A bundle from outside holds a stranger's bytes in any shape: [Sessions#start] checks all of it.
///
/// @param identityKey 33 bytes: 0x05 and an X25519 key
/// @param registrationId 1 to 16,380; changes when a device is set up anew
/// @param signed X25519 prekey, 33 bytes, signed by the identity key
/// @param oneTime X25519 prekey for one session, 33 bytes; absent in a last-resort bundle
/// @param kyber Kyber-1024 prekey, 1,569 bytes, signed by the identity key
public record PreKeyBundle(
    ByteString identityKey,
    int registrationId,
    DeviceId device,
    Signed signed,
    @Nullable OneTime oneTime,
    Signed kyber) {
  /// A prekey and its 64-byte XEdDSA signature.
  public record Signed(int id, ByteString publicKey, ByteString signature) {
    @Override
    public String toString() {
      return "Signed[redacted]";
    }
  }

  /// A prekey that needs no signature, because it only adds to signed ones.
  public record OneTime(int id, ByteString publicKey) {
    @Override
    public String toString() {
      return "OneTime[redacted]";
    }
  }

  @Override
  public String toString() {
    return "PreKeyBundle[redacted]";
  }
}
