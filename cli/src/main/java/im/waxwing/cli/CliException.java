package im.waxwing.cli;

/// A command that cannot be carried out for a reason of its own, told as two lines.
public final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;
  private final ExitCode code;

  public CliException(ExitCode code, String sentence, String hint) {
    super(sentence);
    this.hint = hint;
    this.code = code;
  }

  /// The next command to type.
  public String hint() {
    return hint;
  }

  ExitCode code() {
    return code;
  }
}
