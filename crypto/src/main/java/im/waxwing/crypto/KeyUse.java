package im.waxwing.crypto;

/// How often sessions may be begun from one [PreKeyBundle].
public enum KeyUse {
  /// Once: every private key of the bundle is erased when the session begins.
  ONE_TIME,
  /// Many times, each at least with another base key, until the bundle is discarded.
  LAST_RESORT
}
