package im.waxwing.crypto;

import im.waxwing.base.SecretBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The reader's end of a lane: always [#WINDOW] numbers ahead of the highest one seen (envelope.md
/// §3).
///
/// A value: opening a lane and seeing a number give the new lane to store and the keys that came
/// into the window, one row each. When an envelope has been opened its row loses the message key
/// and gets the day; 30 days later it goes. [LaneWindow] finds the row for an arriving envelope.
public final class ReceivingLane {
  /// Numbers beyond the highest seen for which envelopes are recognised.
  public static final int WINDOW = 64;

  /// Days for which a used number is remembered, so that a repeat is recognised.
  public static final int REPEAT_DAYS = 30;

  private final long highest;
  private final Chain chain;

  private ReceivingLane(long highest, Chain chain) {
    this.highest = highest;
    this.chain = chain;
  }

  /// The lane after a step, and the keys that are new in its window, in order.
  public record Slide(ReceivingLane lane, List<LaneKeys> fresh) {
    public Slide {
      fresh = List.copyOf(fresh);
    }

    @Override
    public String toString() {
      return "Slide[redacted]";
    }
  }

  /// A lane nothing has come through yet, with the keys of its first numbers.
  public static Slide of(LaneSeed seed) {
    return slide(-1, Chain.of(seed));
  }

  /// @throws IllegalArgumentException if `state` did not come from [#encode]
  public static ReceivingLane decode(SecretBytes state) {
    if (state.size() != Long.BYTES + Chain.ENCODED_SIZE) {
      throw new IllegalArgumentException("not the state of a receiving lane");
    }
    ByteBuffer in = ByteBuffer.wrap(state.exposeSecret());
    return new ReceivingLane(in.getLong(), Chain.get(in));
  }

  /// 48 bytes: the highest number seen, the first number beyond the window and its chain key.
  public SecretBytes encode() {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + Chain.ENCODED_SIZE).putLong(highest);
    chain.put(buffer);
    return Kdf.secret(buffer.array());
  }

  /// To be echoed to the writer; empty until something came.
  public OptionalLong highestSeen() {
    return highest < 0 ? OptionalLong.empty() : OptionalLong.of(highest);
  }

  /// An envelope with number `n` was opened: the window slides if it is the highest so far.
  ///
  /// @throws IllegalArgumentException if `n` lies outside the window
  public Slide seen(long n) {
    if (n < 0 || n >= chain.n()) {
      throw new IllegalArgumentException("not a number of the window");
    }
    return slide(Math.max(highest, n), chain);
  }

  private static Slide slide(long highest, Chain from) {
    List<LaneKeys> fresh = new ArrayList<>();
    Chain chain = from;
    for (; chain.n() <= highest + WINDOW; chain = chain.next()) {
      fresh.add(chain.keys());
    }
    return new Slide(new ReceivingLane(highest, chain), fresh);
  }

  @Override
  public String toString() {
    return "ReceivingLane[redacted]";
  }
}
