package im.waxwing.primitives;

/// Whose code computes curves and BLAKE2b in this process.
///
/// Chosen once, at first use. The system property `im.waxwing.sodium` may name a libsodium of the
/// system by its path, or be `none`; otherwise the library packed into this module is used when one
/// fits the platform. A library is taken only after it has computed the vectors of RFC 7748, RFC
/// 7693 and RFC 8032.
public enum Backend {
  /// Native code: an X25519 in some 35 µs; the only one that has [BlindedKey].
  LIBSODIUM,
  /// Pure Java: about a third of the speed.
  BOUNCY_CASTLE;

  /// The one in use.
  public static Backend current() {
    return Curves.CHOSEN instanceof SodiumCurves ? LIBSODIUM : BOUNCY_CASTLE;
  }
}
