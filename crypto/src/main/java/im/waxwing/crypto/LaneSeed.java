package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;

/// The 32 random bytes from which both ends of a lane begin. Agreed only inside letters, or by an
/// invitation's secret for the first lane of all.
public record LaneSeed(SecretBytes secret) {
  public static final int SIZE = 32;

  public LaneSeed {
    if (secret.size() != SIZE) {
      throw new IllegalArgumentException("a lane seed has " + SIZE + " bytes");
    }
  }

  public static LaneSeed generate() {
    return new LaneSeed(SecretBytes.generate(SIZE));
  }

  @Override
  public String toString() {
    return "LaneSeed[redacted]";
  }
}
