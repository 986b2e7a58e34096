package im.waxwing.cli;

/// Names the request that ended in a problem, by the number under which the app's log knows it.
final class FailedRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final long number;

  FailedRequest(long number) {
    super("request " + number);
    this.number = number;
  }

  long number() {
    return number;
  }
}
