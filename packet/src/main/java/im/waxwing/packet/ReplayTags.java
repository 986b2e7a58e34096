package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.primitives.Blake2b;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// The layers that one packet key has already removed (packet.md §9).
///
/// Keeps 64 bits of each tag, keyed by a secret of this set, so that nobody can aim at a collision;
/// a fresh packet is taken for an old one with probability n / 2^64. Costs at most 32 bytes a tag
/// while growing, on average some 20. Lives in memory only and dies with its packet key: after a
/// restart a node must have fresh packet keys.
///
/// Safe for many threads.
public final class ReplayTags {

  /// What became of a tag.
  public enum Outcome {
    /// Never seen: the packet may be acted on.
    NEW,
    /// Seen before: the packet is dropped.
    SEEN,
    /// The set is full: the packet is dropped, as it could not be told from its copy.
    FULL
  }

  private static final int FIRST_SLOTS = 1 << 10;
  private static final long NEVER_STORED = 0;

  private final int capacity;
  private final byte[] key = new byte[32];
  private long[] slots = new long[FIRST_SLOTS];
  private int count;

  /// An empty set.
  ///
  /// @param capacity the most tags it will hold, 1 to 2^28
  public ReplayTags(int capacity) {
    if (capacity < 1 || capacity > 1 << 28) {
      throw new IllegalArgumentException("a replay set holds 1 to 2^28 tags");
    }
    this.capacity = capacity;
    new SecureRandom().nextBytes(key);
  }

  /// Adds a tag. Only tags of packets that were unwrapped may come here, or strangers could fill
  /// the set.
  public Outcome add(ByteString replayTag) {
    long tag = shorten(replayTag);
    synchronized (this) {
      int slot = find(slots, tag);
      if (slots[slot] == tag) {
        return Outcome.SEEN;
      }
      if (count == capacity) {
        return Outcome.FULL;
      }
      slots[slot] = tag;
      count++;
      growWhenHalfFull();
      return Outcome.NEW;
    }
  }

  /// How many tags it holds.
  public synchronized int size() {
    return count;
  }

  /// Zero marks an empty slot, so the tag 0 is kept as 1.
  private long shorten(ByteString replayTag) {
    byte[] tag = replayTag.toByteArray();
    byte[] hash = Blake2b.hash(key, tag);
    long value = ByteBuffer.wrap(hash).getLong();
    return value == NEVER_STORED ? 1 : value;
  }

  /// The slot that holds the tag, or the empty one where it belongs.
  private static int find(long[] slots, long tag) {
    int mask = slots.length - 1;
    int slot = (int) tag & mask;
    while (slots[slot] != NEVER_STORED && slots[slot] != tag) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void growWhenHalfFull() {
    if (count * 2L <= slots.length) {
      return;
    }
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long tag : old) {
      if (tag != NEVER_STORED) {
        slots[find(slots, tag)] = tag;
      }
    }
  }
}
