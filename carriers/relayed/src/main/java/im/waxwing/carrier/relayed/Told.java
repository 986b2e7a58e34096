package im.waxwing.carrier.relayed;

import im.waxwing.packet.Hop;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A node's word about itself, checked, and when it was heard by this machine's clock.
record Told(NodeInfo info, Instant heard) {
  // node.md §3
  private static final Duration EPOCH = Duration.ofHours(1);

  /// Of packet keys.
  static long epochOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), EPOCH.toSeconds());
  }

  static Instant endOf(long epoch) {
    return Instant.EPOCH.plus(EPOCH.multipliedBy(epoch + 1));
  }

  /// The node with the packet key of the present epoch by its own clock; empty: the keys are over.
  Optional<Hop> hop(Instant now) {
    long later = epochNow(now) - info.epoch();
    return later < 0 || later >= NodeInfo.EPOCHS
        ? Optional.empty()
        : Optional.of(Hop.of(info.nodeKey(), info.packetKeys().get((int) later)));
  }

  /// How long the key of [#hop] is still the present one.
  Duration left(Instant now) {
    return Duration.between(nodeTime(now), endOf(epochNow(now)));
  }

  Duration ahead() {
    return Duration.between(heard, info.time());
  }

  /// Whether a node that said this and now says `later` has been running all the while.
  boolean goesOnIn(NodeInfo later) {
    return info.packetKeys().contains(later.packetKeys().getFirst());
  }

  private long epochNow(Instant now) {
    return Math.max(info.epoch(), epochOf(nodeTime(now)));
  }

  private Instant nodeTime(Instant now) {
    return info.time().plus(Duration.between(heard, now));
  }

  @Override
  public String toString() {
    return "Told[redacted]";
  }
}
