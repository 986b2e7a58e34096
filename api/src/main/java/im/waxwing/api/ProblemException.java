package im.waxwing.api;

/// A call that could not be carried out, for a reason with a remedy. Lost is nothing.
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;

  public ProblemException(ProblemKind kind) {
    super(kind.sentence());
    this.kind = kind;
  }

  public ProblemException(ProblemKind kind, Throwable cause) {
    super(kind.sentence(), cause);
    this.kind = kind;
  }

  public ProblemKind kind() {
    return kind;
  }
}
