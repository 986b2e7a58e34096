package im.waxwing.node;

import java.util.concurrent.atomic.LongAdder;

/// What happened since the start, in numbers only.
final class Counters {
  final LongAdder links = new LongAdder();
  final LongAdder packets = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder replayed = new LongAdder();
  final LongAdder busy = new LongAdder();
  final LongAdder relayed = new LongAdder();
  final LongAdder loops = new LongAdder();
  final LongAdder dropped = new LongAdder();
}
