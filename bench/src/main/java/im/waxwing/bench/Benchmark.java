package im.waxwing.bench;

/// One measurement, made anew each time.
interface Benchmark {
  /// As in docs/bench.md; never changes.
  String name();

  /// Whether it takes so long that it runs only when asked for.
  default boolean onlyByName() {
    return false;
  }

  /// @throws Skipped if this machine lacks something that it takes
  /// @throws Exception if it could not be measured; the message says why
  Result run() throws Exception;
}
