package im.waxwing.crypto;

import java.nio.ByteBuffer;

/// The hash ratchet under a lane: the chain key of number `n`, from which no earlier one can be
/// computed (envelope.md §3).
final class Chain {
  static final int KEY_SIZE = 32;
  static final int ENCODED_SIZE = Long.BYTES + KEY_SIZE;

  private static final byte[] ID = {1};
  private static final byte[] MESSAGE = {2};
  private static final byte[] NEXT = {3};

  private final long n;
  private final byte[] key;

  private Chain(long n, byte[] key) {
    this.n = n;
    this.key = key;
  }

  static Chain of(LaneSeed seed) {
    return new Chain(0, Kdf.hkdf(seed.secret(), "waxwing lane v1").exposeSecret());
  }

  static Chain get(ByteBuffer in) {
    long n = in.getLong();
    byte[] key = new byte[KEY_SIZE];
    in.get(key);
    return new Chain(n, key);
  }

  void put(ByteBuffer out) {
    out.putLong(n).put(key);
  }

  long n() {
    return n;
  }

  LaneKeys keys() {
    return LaneKeys.of(n, Kdf.hmac(key, ID), Kdf.hmac(key, MESSAGE));
  }

  Chain next() {
    return new Chain(n + 1, Kdf.hmac(key, NEXT));
  }
}
