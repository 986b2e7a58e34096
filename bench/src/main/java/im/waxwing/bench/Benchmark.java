package im.waxwing.bench;

/// One measurement, made anew each time.
interface Benchmark {
  /// As in docs/bench.md; never changes.
  String name();

  /// @throws Skipped if this machine lacks something that it takes
  /// @throws Exception if it could not be measured; the message says why
  Result run() throws Exception;
}
