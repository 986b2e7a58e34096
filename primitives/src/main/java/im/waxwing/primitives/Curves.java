package im.waxwing.primitives;

/// What a [Backend] must be able to do. Lengths have been checked by the public classes.
sealed interface Curves permits SodiumCurves, BouncyCurves {

  Curves CHOSEN = choose();

  private static Curves choose() {
    if (SodiumLibrary.SYMBOLS.isEmpty()) {
      return new BouncyCurves();
    }
    Sodium.initialise();
    Curves sodium = new SodiumCurves();
    if (SelfTest.passes(sodium)) {
      return sodium;
    }
    System.getLogger("im.waxwing.primitives")
        .log(System.Logger.Level.ERROR, "libsodium computes wrong results; Java is used instead");
    return new BouncyCurves();
  }

  /// Returns false when the result is all zero; then `shared` holds nothing of use.
  boolean x25519(
      byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] shared, int sharedAt);

  void x25519Base(byte[] scalar, byte[] point);

  void blake2b(byte[] key, int keyAt, int keyLength, byte[] data, int at, int length, byte[] hash);

  /// XOR in place with the stream of a 32-byte key, nonce 0, counter from 0.
  void chaCha20(byte[] key, int keyAt, byte[] data, int at, int length);

  void ed25519PublicKey(byte[] seed, byte[] publicKey);

  void ed25519Sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature);

  boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature);
}
