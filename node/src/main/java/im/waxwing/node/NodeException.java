package im.waxwing.node;

import org.jspecify.annotations.Nullable;

/// Why a node could not start or go on, with the next thing to do.
public abstract sealed class NodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  private NodeException(String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What the operator can do about it.
  public String hint() {
    return hint;
  }

  /// A flag or a line of the configuration file that cannot be.
  public static final class BadSetting extends NodeException {
    private static final long serialVersionUID = 1L;

    public BadSetting(String message, String hint) {
      super(message, hint, null);
    }
  }

  /// Another process works in the data folder.
  public static final class FolderInUse extends NodeException {
    private static final long serialVersionUID = 1L;

    public FolderInUse() {
      super(
          "another node works in this data folder",
          "stop it first, or give this one its own folder with --data DIR",
          null);
    }
  }

  /// Another program listens on the port, or the address is not this machine's.
  public static final class PortTaken extends NodeException {
    private static final long serialVersionUID = 1L;

    public PortTaken(int port, Throwable cause) {
      super("cannot listen on port " + port, "stop what listens there, or use --port N", cause);
    }
  }

  /// The data folder or the store in it cannot be used.
  public static final class BadStore extends NodeException {
    private static final long serialVersionUID = 1L;

    BadStore(String message, String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }

    public static BadStore of(String message, String hint, Throwable cause) {
      return new BadStore(message, hint, cause);
    }
  }
}
