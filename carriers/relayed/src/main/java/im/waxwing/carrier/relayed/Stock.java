package im.waxwing.carrier.relayed;

import im.waxwing.model.NodeKey;
import im.waxwing.packet.Hop;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.NumberedRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A subscription at a node behind others, or at a member of a swarm, which pushes by a stock of
/// reply blocks (node.md §11).
///
/// The stock is filled up as it is used. The subscription is begun anew, under a new number, before
/// its blocks expire, when an envelope is missing, and when the node does not answer: the mailbox
/// then pushes again everything that was not deleted.
///
/// Belongs to the carrier's event loop.
final class Stock {
  /// Who sends the stock's requests, and hears what comes by it.
  interface Owner {
    /// Subscribes under [#number], with [#blocks].
    void ask(Stock stock, Consumer<Outcome> outcome);

    void unsubscribe(long number);

    /// How long the packet keys that blocks are made with are the present ones.
    Duration keysLeft();

    void arrived(Held held);

    void caughtUp();

    /// There is no subscription any more; [#begin] or [#beginLater] makes another.
    void silent(Stock stock);

    /// The node says no: the stock is over.
    void refused(AnswerCode code);
  }

  // node.md §11
  private static final int FULL = 8;
  private static final int LOW = 4;
  private static final int MOST = 64;

  /// Of each request one block is for the answer.
  static final int BLOCKS_A_TIME = NumberedRequest.MOST_BLOCKS - 1;

  /// So many times as long as it may be silent lasts a subscription.
  private static final int SILENCES_A_RENEWAL = 10;

  private static final long NONE = -1;

  /// Nodes use the keys of the epoch before for five minutes more; not all begin anew at once.
  private static final Duration LONGEST_WAIT_IN_GRACE = Duration.ofMinutes(3);

  private final Owner owner;
  private final Replies replies;
  private final Surroundings surroundings;
  private final Timing timing;
  private final RandomGenerator random;

  /// Blocks that may still be used, the oldest first.
  private final Deque<ReplyId> given = new ArrayDeque<>();

  /// Through which nodes they lead.
  private final Set<NodeKey> nodes = new HashSet<>();

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
      Owner owner,
      Replies replies,
      Surroundings surroundings,
      Timing timing,
      RandomGenerator random) {
    this.owner = owner;
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
    nodes.clear();
    left = 0;
    surroundings.cancel(renewalTimer);
    surroundings.cancel(silenceTimer);
    renewalTimer = NONE;
    silenceTimer = NONE;
  }

  /// Whether a block leads through one of these.
  boolean leadsThrough(Set<NodeKey> some) {
    return !Collections.disjoint(nodes, some);
  }

  /// The way by which pushes came is gone.
  void giveUp() {
    lost();
    ended = true;
  }

  void end() {
    long over = number;
    giveUp();
    if (over != 0) {
      owner.unsubscribe(over);
    }
  }

  private boolean isBegun() {
    return number != 0;
  }

  private void fillUp() {
    asking = true;
    long asked = number;
    owner.ask(
        this,
        outcome -> {
          if (asked == number) {
            answered(outcome);
          }
        });
  }

  /// Blocks for pushes, to go along with the one for the answer.
  ///
  /// @param backs the path of each
  List<ReplyBlock> blocks(List<List<Hop>> backs) {
    List<ReplyBlock> blocks = new ArrayList<>(backs.size());
    for (List<Hop> back : backs) {
      Replies.Given fresh = replies.expect(back, this::used);
      given.add(fresh.id());
      back.forEach(hop -> nodes.add(hop.node()));
      blocks.add(fresh.block());
    }
    left += backs.size();
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
        owner.silent(this);
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
    Duration keys = owner.keysLeft().plus(grace);
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
      owner.refused(code);
    }
  }

  void beginLater() {
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
        owner.arrived(held);
      }
      case Frame.CaughtUp(long of) when of == number -> {
        heardSomething = true;
        next = last == 0 ? OptionalLong.empty() : OptionalLong.of(last + 1);
        owner.caughtUp();
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
