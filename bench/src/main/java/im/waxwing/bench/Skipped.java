package im.waxwing.bench;

/// A measurement that this machine lacks something for; the message names it, and says where to get
/// it. Nothing failed.
final class Skipped extends Exception {
  private static final long serialVersionUID = 1L;

  Skipped(String why) {
    super(why);
  }
}
