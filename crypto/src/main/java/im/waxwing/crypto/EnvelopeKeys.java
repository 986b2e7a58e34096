package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.EnvelopeId;

/// Name and key of the envelope with number `n`, for one mailbox on one day.
///
/// @param key 32 bytes for ChaCha20-Poly1305
public record EnvelopeKeys(long n, EnvelopeId id, SecretBytes key) {
  @Override
  public String toString() {
    return "EnvelopeKeys[redacted]";
  }
}
