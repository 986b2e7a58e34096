package im.waxwing.carrier;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;

/// A sealed object laid down for whoever knows its handle, and the seed of its owner's key.
///
/// @param ownerSeed 32-byte Ed25519 seed that signs for replacing and removing
/// @param lastDay the node may forget the drawer after this day
public record Drawer(DrawerHandle handle, SecretBytes ownerSeed, Sealed object, Day lastDay) {
  /// 2,560 bytes that only the holder of the drawer key opens.
  public record Sealed(ByteString bytes) {
    public static final int SIZE = 2560;

    public Sealed {
      if (bytes.size() != SIZE) {
        throw new IllegalArgumentException("a sealed object has " + SIZE + " bytes");
      }
    }
  }

  @Override
  public String toString() {
    return "Drawer[redacted]";
  }
}
