package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.primitives.MlDsa65;
import im.waxwing.protocol.Signature;
import java.security.SecureRandom;
import java.util.Arrays;

/// What an authority signs with: an Ed25519 and an ML-DSA-65 key. Close it to wipe both.
///
/// Safe for many threads.
public final class AuthorityKey implements AutoCloseable {
  /// Ed25519 seed 32 ‖ ML-DSA-65 public key ‖ ML-DSA-65 secret key
  public static final int SIZE =
      Ed25519.SEED_LENGTH + MlDsa65.PUBLIC_KEY_LENGTH + MlDsa65.SECRET_KEY_LENGTH;

  private final SecretBytes seed;
  private final MlDsa65.SigningKey lattice;
  private final SecureRandom random;

  private AuthorityKey(SecretBytes seed, MlDsa65.SigningKey lattice, SecureRandom random) {
    this.seed = seed;
    this.lattice = lattice;
    this.random = random;
  }

  /// A new key; the same randomness gives the same one.
  public static AuthorityKey generate(SecureRandom random) {
    byte[] seed = new byte[Ed25519.SEED_LENGTH];
    random.nextBytes(seed);
    return new AuthorityKey(SecretBytes.copyOf(seed), MlDsa65.SigningKey.generate(random), random);
  }

  /// The key that [#exposeSecret] wrote.
  ///
  /// @throws IllegalArgumentException if it has another length
  public static AuthorityKey of(SecretBytes secret, SecureRandom random) {
    Fields.demand(secret.size() == SIZE, "an authority's key has " + SIZE + " bytes");
    byte[] bytes = secret.exposeSecret();
    int lattice = Ed25519.SEED_LENGTH + MlDsa65.PUBLIC_KEY_LENGTH;
    AuthorityKey key =
        new AuthorityKey(
            SecretBytes.copyOf(Arrays.copyOf(bytes, Ed25519.SEED_LENGTH)),
            MlDsa65.SigningKey.of(
                Arrays.copyOfRange(bytes, Ed25519.SEED_LENGTH, lattice),
                Arrays.copyOfRange(bytes, lattice, SIZE)),
            random);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  public SecretBytes exposeSecret() {
    byte[] bytes = Arrays.copyOf(seed.exposeSecret(), SIZE);
    System.arraycopy(lattice.publicKey(), 0, bytes, Ed25519.SEED_LENGTH, MlDsa65.PUBLIC_KEY_LENGTH);
    System.arraycopy(
        lattice.exposeSecret(),
        0,
        bytes,
        Ed25519.SEED_LENGTH + MlDsa65.PUBLIC_KEY_LENGTH,
        MlDsa65.SECRET_KEY_LENGTH);
    SecretBytes secret = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }

  /// The Ed25519 seed, which also signs the nodeInfo of the authority's links.
  public SecretBytes seed() {
    return seed;
  }

  public NodeKey nodeKey() {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  public ByteString latticeKey() {
    return ByteString.copyOf(lattice.publicKey());
  }

  /// @param authority this key's place in the [AuthoritySet]
  public AuthoritySignature sign(int authority, Statement statement) {
    byte[] message = statement.signed();
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new AuthoritySignature(
          authority,
          new Signature(ByteString.copyOf(key.sign(message))),
          ByteString.copyOf(lattice.sign(message, random)));
    }
  }

  @Override
  public void close() {
    seed.close();
    lattice.close();
  }

  @Override
  public String toString() {
    return "AuthorityKey[redacted]";
  }
}
