package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.ReplayTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The node's packet keys: of this epoch, of the two to come, and for a few minutes of the one
/// before. They live in memory only, so that after a restart nobody can open what was recorded, and
/// no packet can be repeated (node.md §3).
///
/// Safe for many threads.
final class EpochKeys implements AutoCloseable {
  static final Duration EPOCH = Duration.ofHours(1);
  static final Duration GRACE = Duration.ofMinutes(5);

  /// A key and the packets that were already opened with it.
  record Opener(PacketKey key, ReplayTags tags) {
    static Opener fresh(int packets) {
      return new Opener(PacketKey.generate(), new ReplayTags(packets));
    }
  }

  /// The keys of one moment.
  ///
  /// @param openers the current key, then for the time of grace the one before
  record Now(long epoch, List<Opener> openers, Instant graceEnds, Opener next, Opener afterNext) {
    /// With which a packet is tried: the next epoch's key, too, as others' clocks may be ahead and
    /// reply blocks are made to last.
    List<Opener> tried() {
      List<Opener> tried = new ArrayList<>(openers);
      tried.add(1, next);
      return tried;
    }

    List<ByteString> publicKeys() {
      return List.of(
          openers.getFirst().key().publicKey(),
          next.key().publicKey(),
          afterNext.key().publicKey());
    }
  }

  private final int packetsPerEpoch;
  private volatile Now now;

  EpochKeys(Instant instant, int packetsPerEpoch) {
    this.packetsPerEpoch = packetsPerEpoch;
    this.now = allFresh(epochOf(instant));
  }

  static long epochOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), EPOCH.toSeconds());
  }

  Now now() {
    return now;
  }

  /// Steps to the epoch of `instant` and forgets what is over. True: there are new keys to tell. A
  /// clock that goes back changes nothing.
  synchronized boolean advance(Instant instant) {
    long epoch = epochOf(instant);
    if (epoch > now.epoch()) {
      step(epoch, instant);
      return true;
    }
    if (now.openers().size() > 1 && !instant.isBefore(now.graceEnds())) {
      now.openers().getLast().key().close();
      now = withOpeners(now.openers().subList(0, 1));
    }
    return false;
  }

  private void step(long epoch, Instant instant) {
    Now old = now;
    old.openers().stream().skip(1).forEach(opener -> opener.key().close());
    if (epoch == old.epoch() + 1) {
      now =
          new Now(
              epoch,
              List.of(old.next(), old.openers().getFirst()),
              instant.plus(GRACE),
              old.afterNext(),
              fresh());
    } else {
      old.openers().getFirst().key().close();
      now = allFresh(epoch);
    }
  }

  private Now withOpeners(List<Opener> openers) {
    return new Now(now.epoch(), List.copyOf(openers), now.graceEnds(), now.next(), now.afterNext());
  }

  private Now allFresh(long epoch) {
    return new Now(epoch, List.of(fresh()), Instant.EPOCH, fresh(), fresh());
  }

  private Opener fresh() {
    return Opener.fresh(packetsPerEpoch);
  }

  @Override
  public synchronized void close() {
    now.openers().forEach(opener -> opener.key().close());
    now.next().key().close();
    now.afterNext().key().close();
  }
}
