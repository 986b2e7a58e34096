/// The few cryptographic primitives that the rest of Waxwing stands on: [X25519], [Ed25519],
/// [BlindedKey], [Blake2b], [Hkdf], [Hmac], [Aead], [AesCtr] and [ChaCha20].
///
/// Nothing here is invented. Curves and BLAKE2b come from libsodium through `java.lang.foreign`
/// (BouncyCastle where no native library fits, see [Backend]); everything else comes from the JDK.
/// Lengths that are wrong are a bug of the caller and throw; inputs that a stranger could have sent
/// give an answer that says so (`false` or an empty `Optional`).
///
/// Start with [X25519].
@NullMarked
package im.waxwing.primitives;

import org.jspecify.annotations.NullMarked;
