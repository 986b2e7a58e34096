package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DrawerHandle;

/// All that both sides derive from the 32-byte secret of an invitation (envelope.md §6).
///
/// @param handle where the host's introduction lies
/// @param drawerKey opens it: 32 bytes
/// @param firstLane the lane of the guest's first letter
/// @param depositSecret the right to deposit into the first-contact mailbox: 32 bytes
public record InvitationSecrets(
    DrawerHandle handle, SecretBytes drawerKey, LaneSeed firstLane, SecretBytes depositSecret) {
  public static final int SECRET_SIZE = 32;

  public static InvitationSecrets of(SecretBytes secret) {
    if (secret.size() != SECRET_SIZE) {
      throw new IllegalArgumentException("an invitation's secret has " + SECRET_SIZE + " bytes");
    }
    SecretBytes handle = Kdf.hkdf(secret, "waxwing drawer handle v1");
    return new InvitationSecrets(
        new DrawerHandle(ByteString.copyOf(handle.exposeSecret())),
        Kdf.hkdf(secret, "waxwing drawer key v1"),
        new LaneSeed(Kdf.hkdf(secret, "waxwing first lane v1")),
        Kdf.hkdf(secret, "waxwing first deposit v1"));
  }

  @Override
  public String toString() {
    return "InvitationSecrets[redacted]";
  }
}
