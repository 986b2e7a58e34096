package im.waxwing.carrier.relayed;

import im.waxwing.packet.Hop;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A subscription at a node behind others, which pushes by a stock of reply blocks (node.md §11).
///
/// The stock is filled up as it is used. The subscription is begun anew, under a new number, before
/// its blocks expire, when an envelope is missing, and when the node does not answer: the mailbox
/// then pushes again everything that was not deleted.
///
/// Belongs to the carrier's event loop.
final class Stock {
  // node.md §11
  private static final int FULL = 8;
  private static final int LOW = 4;
  private static final int MOST = 64;

  /// Of each request one block is for the answer.
  private static final int BLOCKS_A_TIME = NumberedRequest.MOST_BLOCKS - 1;

  /// So many times as long as it may be silent lasts a subscription.
  private static final int SILENCES_A_RENEWAL = 10;

  private static final long NONE = -1;

  /// Nodes use the keys of the epoch before for five minutes more; not all begin anew at once.
  private static final Duration LONGEST_WAIT_IN_GRACE = Duration.ofMinutes(3);

  private final MailboxEar ear;
  private final FarKeeper keeper;
  private final Replies replies;
  private final Surroundings surroundings;
  private final Timing timing;
  private final RandomGenerator random;

  /// Blocks that may still be used, the oldest first.
  private final Deque<ReplyId> given = new ArrayDeque<>();

  /// How many of them the node still has, as far as one can tell.
  private int left;

  /// The subscription's number; 0: there is none.
  private long number;

  private boolean asking;
  private boolean heardSomething;

  /// The highest sequence pushed, and, once the mailbox was caught up with, the one to come next.
  private long last;

  private OptionalLong next = OptionalLong.empty();

  /// What came behind an envelope that is missing.
  private final TreeSet<Long> ahead = new TreeSet<>();

  private long renewalTimer = NONE;
  private long silenceTimer = NONE;
  private boolean ended;

  Stock(
      MailboxEar ear,
      FarKeeper keeper,
      Replies replies,
      Surroundings surroundings,
      Timing timing,
      RandomGenerator random) {
    this.ear = ear;
    this.keeper = keeper;
    this.replies = replies;
    this.surroundings = surroundings;
    this.timing = timing;
    this.random = random;
  }

  /// Under which the node knows the subscription.
  long number() {
    return number;
  }

  /// Subscribes, in place of any subscription before.
  void begin() {
    if (!ended) {
      lost();
      number = random.nextLong(1, Long.MAX_VALUE);
      fillUp();
    }
  }

  /// The node can be reached.
  ///
  /// @param anew one of the nodes was started anew: no block of before leads anywhere
  void reached(boolean anew) {
    if (anew || !isBegun()) {
      begin();
    }
  }

  /// The node cannot be reached, or has forgotten us.
  void lost() {
    number = 0;
    asking = false;
    last = 0;
    next = OptionalLong.empty();
    ahead.clear();
    given.forEach(replies::forget);
    given.clear();
    left = 0;
    surroundings.cancel(renewalTimer);
    surroundings.cancel(silenceTimer);
    renewalTimer = NONE;
    silenceTimer = NONE;
  }

  void end() {
    long over = number;
    lost();
    ended = true;
    if (over != 0) {
      keeper.request(new Request.Unsubscribe(over), _ -> {});
    }
  }

  private boolean isBegun() {
    return number != 0;
  }

  private void fillUp() {
    asking = true;
    long asked = number;
    keeper.subscribe(
        ear.request(),
        this,
        outcome -> {
          if (asked == number) {
            answered(outcome);
          }
        });
  }

  /// Blocks for pushes, to go along with the one for the answer.
  List<ReplyBlock> blocks(List<Hop> back) {
    List<ReplyBlock> blocks = new ArrayList<>(BLOCKS_A_TIME);
    for (int i = 0; i < BLOCKS_A_TIME; i++) {
      Replies.Given fresh = replies.expect(back, this::used);
      given.add(fresh.id());
      blocks.add(fresh.block());
    }
    left += BLOCKS_A_TIME;
    while (given.size() > MOST) {
      replies.forget(given.remove());
    }
    return blocks;
  }

  private void answered(Outcome outcome) {
    asking = false;
    switch (outcome) {
      case Outcome.NoAnswer() -> {
        lost();
        if (!keeper.isDown()) {
          beginLater();
        }
      }
      case Outcome.Answered(AnswerCode code, _) when code == AnswerCode.OK -> goOn();
      case Outcome.Answered(AnswerCode code, _) -> refused(code);
    }
  }

  private void goOn() {
    if (renewalTimer == NONE) {
      renewalTimer = surroundings.after(life(), this::begin);
      watchSilence();
    }
    if (left <= FULL - BLOCKS_A_TIME) {
      fillUp();
    }
  }

  private Duration life() {
    Duration grace = Duration.ofMillis(random.nextLong(LONGEST_WAIT_IN_GRACE.toMillis()));
    Duration keys = keeper.keysLeft().plus(grace);
    return keys.compareTo(timing.renewal()) < 0 ? keys : timing.renewal();
  }

  private void watchSilence() {
    heardSomething = false;
    silenceTimer =
        surroundings.after(
            timing.renewal().dividedBy(SILENCES_A_RENEWAL),
            () -> {
              if (!heardSomething && !asking) {
                fillUp();
              }
              watchSilence();
            });
  }

  /// The node, or the first of the path, says no.
  void refused(AnswerCode code) {
    lost();
    if (code == AnswerCode.BUSY) {
      beginLater();
    } else {
      ended = true;
      keeper.remove(ear);
      Refusals.of(code).ifPresent(ear::refused);
    }
  }

  private void beginLater() {
    long _ =
        surroundings.after(
            timing.firstRetry(),
            () -> {
              if (!isBegun()) {
                begin();
              }
            });
  }

  private void used(ReplyId id, Frame.Notice notice) {
    int behind = given.size();
    for (ReplyId one : given) {
      behind--;
      if (one.equals(id)) {
        break;
      }
    }
    boolean _ = given.remove(id);
    left = Math.min(left, behind);
    heard(notice);
    if (left < LOW && !asking && isBegun()) {
      fillUp();
    }
  }

  /// A push or the word that all is told.
  void heard(Frame.Notice notice) {
    switch (notice) {
      case Frame.Push(long of, Held held) when of == number -> {
        heardSomething = true;
        count(held.sequence());
        ear.arrived(held);
      }
      case Frame.CaughtUp(long of) when of == number -> {
        heardSomething = true;
        next = last == 0 ? OptionalLong.empty() : OptionalLong.of(last + 1);
        ear.caughtUp();
      }
      case Frame.Push _, Frame.CaughtUp _, Frame.Answer _ -> {}
    }
  }

  /// Notices when an envelope was lost on its way.
  private void count(long sequence) {
    last = Math.max(last, sequence);
    if (next.isEmpty() || sequence < next.getAsLong()) {
      return;
    }
    boolean complete = ahead.isEmpty();
    ahead.add(sequence);
    while (!ahead.isEmpty() && ahead.first() == next.getAsLong()) {
      long _ = ahead.removeFirst();
      next = OptionalLong.of(next.getAsLong() + 1);
    }
    if (complete && !ahead.isEmpty()) {
      long subscription = number;
      long _ =
          surroundings.after(
              timing.firstRetry(),
              () -> {
                if (subscription == number && !ahead.isEmpty()) {
                  begin();
                }
              });
    }
  }
}
