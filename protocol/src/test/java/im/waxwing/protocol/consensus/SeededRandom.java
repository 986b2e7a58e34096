package im.waxwing.protocol.consensus;

import java.security.SecureRandom;
import java.util.Random;

/// The same randomness each time, for keys and signatures that are to be the same.
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random seeded;

  SeededRandom(long seed) {
    this.seeded = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    seeded.nextBytes(bytes);
  }
}
