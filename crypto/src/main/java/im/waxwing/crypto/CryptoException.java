package im.waxwing.crypto;

/// Why a session could not do what was asked. The caller's transaction has to be rolled back.
public sealed class CryptoException extends Exception {
  private static final long serialVersionUID = 1L;

  private CryptoException(String message, Throwable cause) {
    super(message, cause);
  }

  private CryptoException(String message) {
    super(message);
  }

  /// The identity key offered is not the one that the account's id stands for.
  public static final class UntrustedIdentity extends CryptoException {
    private static final long serialVersionUID = 1L;

    UntrustedIdentity() {
      super("the identity key does not belong to the account");
    }
  }

  /// The letter was altered, is meant for others, or belongs to a session that no longer exists
  /// here: ask for it again.
  public static final class BadMessage extends CryptoException {
    private static final long serialVersionUID = 1L;

    BadMessage(String what, Throwable cause) {
      super(what, cause);
    }

    BadMessage(String what) {
      super(what);
    }
  }

  /// libsignal has seen this message number before, *or* it lies more than 2,000 messages back and
  /// its key is gone. Only the caller's own table can tell which.
  public static final class Duplicate extends CryptoException {
    private static final long serialVersionUID = 1L;

    Duplicate(Throwable cause) {
      super("the message number was used before or is too old", cause);
    }
  }

  /// There is no session, or none that may still send: start one from a fresh bundle.
  public static final class NoSession extends CryptoException {
    private static final long serialVersionUID = 1L;

    NoSession(Throwable cause) {
      super("there is no usable session", cause);
    }
  }

  /// The letter begins a session from a prekey that was used up, or repeats such a beginning.
  public static final class UsedPreKey extends CryptoException {
    private static final long serialVersionUID = 1L;

    UsedPreKey(Throwable cause) {
      super("the prekey is used up or unknown", cause);
    }
  }

  /// The bundle breaks a rule: a key or signature that is wrong, or of low order.
  public static final class BadBundle extends CryptoException {
    private static final long serialVersionUID = 1L;

    BadBundle(String rule) {
      super(rule);
    }

    BadBundle(String rule, Throwable cause) {
      super(rule, cause);
    }
  }
}
