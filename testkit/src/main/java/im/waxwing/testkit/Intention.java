package im.waxwing.testkit;

import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;

/// Something a person wants done and tries again until it is: a call may be cut off by the power or
/// end in a problem that passes.
///
/// @param words what the trace says
record Intention(String words, Attempt attempt) {
  /// One try.
  @FunctionalInterface
  interface Attempt {
    /// Whether it is done now.
    boolean succeeds(Messenger messenger) throws ProblemException;
  }
}
