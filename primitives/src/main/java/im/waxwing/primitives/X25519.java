package im.waxwing.primitives;

import java.util.Optional;

/// Diffie–Hellman on Curve25519 (RFC 7748). Scalars, points and shared values have 32 bytes each.
///
/// Points of low order, which would make everyone's shared value zero, are refused. A shared value
/// is not a key: derive keys with [Hkdf]. Safe for many threads.
public final class X25519 {

  /// Bytes of a scalar, a point and a shared value.
  public static final int LENGTH = 32;

  private X25519() {}

  /// The public point of a scalar; scalars are clamped inside, any 32 random bytes will do.
  public static byte[] publicKey(byte[] scalar) {
    Lengths.exactly("an X25519 scalar", scalar, LENGTH);
    byte[] point = new byte[LENGTH];
    Curves.CHOSEN.x25519Base(scalar, point);
    return point;
  }

  /// The shared value, or empty when the point is of low order.
  public static Optional<byte[]> agree(byte[] scalar, byte[] point) {
    Lengths.exactly("an X25519 scalar", scalar, LENGTH);
    Lengths.exactly("an X25519 point", point, LENGTH);
    byte[] shared = new byte[LENGTH];
    return Curves.CHOSEN.x25519(scalar, 0, point, 0, shared, 0)
        ? Optional.of(shared)
        : Optional.empty();
  }

  /// The same without allocation: 32 bytes at each offset. Returns false, and a `shared` that must
  /// not be used, when the point is of low order. `shared` may be the place of `point`.
  public static boolean agree(
      byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] shared, int sharedAt) {
    Lengths.within(scalar, scalarAt, LENGTH);
    Lengths.within(point, pointAt, LENGTH);
    Lengths.within(shared, sharedAt, LENGTH);
    return Curves.CHOSEN.x25519(scalar, scalarAt, point, pointAt, shared, sharedAt);
  }
}
