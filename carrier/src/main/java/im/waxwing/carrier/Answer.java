package im.waxwing.carrier;

/// What became of a request to a node.
public sealed interface Answer<T> {
  record Given<T>(T value) implements Answer<T> {}

  /// Nobody could be reached, or no answer came; the request may be repeated.
  record Unreachable<T>() implements Answer<T> {}

  record Refused<T>(Refusal reason) implements Answer<T> {}
}
