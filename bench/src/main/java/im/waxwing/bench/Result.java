package im.waxwing.bench;

/// One line of the table.
///
/// @param value what was measured, in `unit`
/// @param limit what it is held against, in the same unit
/// @param note which way is better, and what else was seen
record Result(String name, double value, String unit, double limit, String note) {
  /// 1: as good as the limit.
  double ratio() {
    return value / limit;
  }
}
