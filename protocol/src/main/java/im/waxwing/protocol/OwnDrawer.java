package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.primitives.Ed25519;
import java.util.Arrays;
import java.util.function.Function;

/// A drawer as its owner sees it: the right to lay an object into it and to empty it (mailbox.md
/// §6).
///
/// @param audience the name of the place that keeps it, 32 bytes
/// @param ownerSeed 32-byte Ed25519 seed
public record OwnDrawer(ByteString audience, DrawerHandle handle, SecretBytes ownerSeed) {
  public Request.PutDrawer put(SealedObject object, Day lastDay, AdmissionToken token) {
    return signing(
        key -> {
          VerifyingKey owner = MailboxDay.key(key.publicKey());
          ByteString fields = Request.PutDrawer.fields(handle, owner, object, lastDay, token);
          Signature signature = over(key, Operation.PUT_DRAWER, fields);
          return new Request.PutDrawer(handle, owner, object, lastDay, token, signature);
        });
  }

  /// The key that a network's admission is earned for.
  public VerifyingKey owner() {
    return signing(key -> MailboxDay.key(key.publicKey()));
  }

  public Request.RemoveDrawer remove() {
    return signing(
        key ->
            new Request.RemoveDrawer(handle, over(key, Operation.REMOVE_DRAWER, handle.bytes())));
  }

  private Signature over(Ed25519.SigningKey key, Operation operation, ByteString fields) {
    Signer signer = key::sign;
    return signer.over(operation, audience, fields);
  }

  private <T> T signing(Function<Ed25519.SigningKey, T> work) {
    byte[] seed = ownerSeed.exposeSecret();
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed)) {
      return work.apply(key);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "OwnDrawer[redacted]";
  }
}
