package im.waxwing.crypto;

/// The kinds of private prekeys a [SessionState] keeps. Ids are unique within a kind.
///
/// The code of a kind is stored: it never changes.
public enum PreKeyKind {
  /// X25519, signed by the identity key.
  SIGNED(1),
  /// X25519, for one session only.
  ONE_TIME(2),
  /// Kyber-1024, signed, for one session only.
  KYBER_ONE_TIME(3),
  /// Kyber-1024, signed, for any number of sessions.
  KYBER_LAST_RESORT(4);

  private final int code;

  PreKeyKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
