package im.waxwing.testkit;

/// The power goes: thrown through the program of a [Machine], which must not catch it, and caught
/// by the machine itself.
final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("the power went", null, false, false);
  }
}
