package im.waxwing.crypto;

import java.security.SecureRandom;

/// Random numbers that count from one.
final class RandomNumber {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomNumber() {}

  static int upTo(int max) {
    return 1 + RANDOM.nextInt(max);
  }
}
