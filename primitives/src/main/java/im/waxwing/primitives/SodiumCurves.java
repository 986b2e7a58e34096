package im.waxwing.primitives;

import java.util.Arrays;

/// [Curves] by libsodium.
final class SodiumCurves implements Curves {

  private static final byte[] ZERO_NONCE = new byte[12];

  @Override
  public boolean x25519(
      byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] shared, int sharedAt) {
    return Sodium.scalarMult(shared, sharedAt, scalar, scalarAt, point, pointAt);
  }

  @Override
  public void x25519Base(byte[] scalar, byte[] point) {
    must(Sodium.scalarMultBase(point, scalar));
  }

  @Override
  public void blake2b(
      byte[] key, int keyAt, int keyLength, byte[] data, int at, int length, byte[] hash) {
    must(Sodium.blake2b(hash, data, at, length, key, keyAt, keyLength));
  }

  @Override
  public void chaCha20(byte[] key, int keyAt, byte[] data, int at, int length) {
    must(Sodium.chaCha20(data, at, length, ZERO_NONCE, key, keyAt));
  }

  @Override
  public void ed25519PublicKey(byte[] seed, byte[] publicKey) {
    byte[] secretKey = new byte[64];
    must(Sodium.keyPairFromSeed(publicKey, secretKey, seed));
    Arrays.fill(secretKey, (byte) 0);
  }

  /// libsodium's secret key is seed ‖ public key.
  @Override
  public void ed25519Sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    byte[] secretKey = Arrays.copyOf(seed, 64);
    System.arraycopy(publicKey, 0, secretKey, 32, 32);
    must(Sodium.sign(signature, message, secretKey));
    Arrays.fill(secretKey, (byte) 0);
  }

  @Override
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return Sodium.verify(signature, message, publicKey);
  }

  private static void must(boolean done) {
    if (!done) {
      throw new IllegalStateException("libsodium refused arguments of right length");
    }
  }
}
