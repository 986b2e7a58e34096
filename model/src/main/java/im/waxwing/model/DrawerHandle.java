package im.waxwing.model;

import im.waxwing.base.ByteString;

/// Where a sealed drawer lies at a node; derived from an invitation's secret.
public record DrawerHandle(ByteString bytes) {
  public static final int SIZE = 32;

  public DrawerHandle {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("DrawerHandle needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "DrawerHandle[redacted]";
  }
}
