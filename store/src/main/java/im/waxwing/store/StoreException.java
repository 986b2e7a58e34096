package im.waxwing.store;

/// Why the store could not do what was asked. The transaction it happened in is rolled back.
///
/// Unchecked, because it may have to pass through libsignal's callbacks; its text is fixed words
/// without any content, key or file name.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// What can be done about it differs by reason.
  public enum Reason {
    /// A newer Waxwing wrote the store: update this one.
    NEWER("the store was written by a newer version"),
    /// The key is missing or wrong, or the files were altered.
    DAMAGED("the store cannot be read with its key"),
    /// The disk is full or failing: free space and try again; the store goes on.
    DISK_FULL("the disk is full or cannot be written"),
    /// Another process, or another part of this one, has the store open.
    LOCKED("the store is open elsewhere");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  StoreException(Reason reason) {
    super(reason.sentence);
    this.reason = reason;
  }

  StoreException(Reason reason, Throwable cause) {
    super(reason.sentence, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
