package im.waxwing.crypto;

import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import java.nio.ByteBuffer;

/// The writer's end of a lane: hands out number after number, each once (envelope.md §3).
///
/// A value: taking a number gives a new lane, which the writer stores in the transaction that
/// stores the letter. The keys of a taken number are kept with the letter, not here.
public final class SendingLane {
  /// How far beyond the lowest number not yet accepted a writer may deposit; the reader's window is
  /// twice as wide.
  public static final int MAX_AHEAD = 32;

  /// The longest leap that a reader's word can cause.
  public static final int MAX_JUMP = 65_536;

  private final Chain chain;

  private SendingLane(Chain chain) {
    this.chain = chain;
  }

  /// The keys of the number just taken, and the lane without it.
  public record Taken(SendingLane lane, LaneKeys keys) {
    @Override
    public String toString() {
      return "Taken[redacted]";
    }
  }

  public static SendingLane of(LaneSeed seed) {
    return new SendingLane(Chain.of(seed));
  }

  /// @throws IllegalArgumentException if `state` did not come from [#encode]
  public static SendingLane decode(SecretBytes state) {
    if (state.size() != Chain.ENCODED_SIZE) {
      throw new IllegalArgumentException("not the state of a sending lane");
    }
    return new SendingLane(Chain.get(ByteBuffer.wrap(state.exposeSecret())));
  }

  /// 40 bytes: the next number and its chain key.
  public SecretBytes encode() {
    ByteBuffer buffer = ByteBuffer.allocate(Chain.ENCODED_SIZE);
    chain.put(buffer);
    return Kdf.secret(buffer.array());
  }

  /// The number that [#take] gives next.
  public long next() {
    return chain.n();
  }

  public Taken take() {
    return new Taken(new SendingLane(chain.next()), chain.keys());
  }

  /// Leaps over numbers that the reader says it saw, though this store does not know of them: it
  /// was rolled back, and must not use them a second time. Does nothing when `seen` is behind.
  ///
  /// @param seen the highest number the reader saw
  /// @throws MalformedException if the leap is longer than [#MAX_JUMP]
  public SendingLane jumpPast(long seen) throws MalformedException {
    if (seen - chain.n() >= MAX_JUMP) {
      throw new MalformedException("highest seen", "is too far ahead");
    }
    Chain ahead = chain;
    while (ahead.n() <= seen) {
      ahead = ahead.next();
    }
    return new SendingLane(ahead);
  }

  @Override
  public String toString() {
    return "SendingLane[redacted]";
  }
}
