package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Dials one node when packets wait for it or somebody asks for it, later and later while it does
/// not answer (node.md §9). What callers ask may be asked on any thread; the work is done on one
/// event loop.
final class Calls {
  // node.md §9
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final int MOST_WAITERS = 1_024;
  private static final int MOST_ADDRESSES = 4;
  private static final long NONE = -1;

  private final class Waiter {
    final NodeAddress address;
    final Consumer<Reached> then;
    final long timer;

    Waiter(NodeAddress address, Consumer<Reached> then) {
      this.address = address;
      this.then = then;
      this.timer =
          loop.owner().setTimer(PATIENCE.toMillis(), _ -> give(this, AnswerCode.UNREACHABLE_NODE));
    }
  }

  private final NodeKey key;
  private final Peer peer;
  private final Peers peers;
  private final Dialler dialler;
  private final Context loop;
  private final List<Waiter> waiters = new ArrayList<>();
  private final Deque<NodeAddress> untried = new ArrayDeque<>();
  private @Nullable NodeAddress proven;
  private @Nullable NodeAddress claimed;
  private AnswerCode trouble = AnswerCode.UNREACHABLE_NODE;
  private boolean dialling;
  private int failures;
  private long lastDialNanos;
  private long retry = NONE;

  Calls(NodeKey key, Peer peer, Peers peers, Dialler dialler) {
    this.key = key;
    this.peer = peer;
    this.peers = peers;
    this.dialler = dialler;
    this.loop = dialler.loop();
  }

  /// Packets wait and there is no link.
  void wanted() {
    loop.runOnContext(
        _ -> {
          if (!dialling && retry == NONE && peer.newestLink().isEmpty()) {
            tryLater(failures == 0 ? 0 : pause());
          }
        });
  }

  /// The node says where it answers.
  void heardOf(NodeAddress address) {
    loop.runOnContext(_ -> claimed = address);
  }

  /// Somebody wants to know what the node says of itself, from a link that lives.
  void reach(NodeAddress address, Consumer<Reached> then) {
    loop.runOnContext(
        _ -> {
          if (waiters.size() >= MOST_WAITERS) {
            then.accept(new Reached.Not(AnswerCode.BUSY));
            return;
          }
          waiters.add(new Waiter(address, then));
          peer.newestLink().ifPresentOrElse(this::probe, this::dialSoon);
        });
  }

  /// A link may be dead without our knowing: its node was cut off.
  private void probe(PeerLink link) {
    link.probe(SILENCE, () -> loop.runOnContext(_ -> peer.info().ifPresent(this::answerAll)));
  }

  /// Somebody asks: sooner than packets alone would have it, but never twice a second.
  private void dialSoon() {
    if (dialling) {
      return;
    }
    if (retry != NONE) {
      loop.owner().cancelTimer(retry);
      retry = NONE;
    }
    long sinceLast = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastDialNanos);
    tryLater(failures == 0 ? 0 : Math.max(0, FIRST_PAUSE_MILLIS - sinceLast));
  }

  private void tryLater(long millis) {
    if (millis == 0) {
      dial();
      return;
    }
    retry =
        loop.owner()
            .setTimer(
                millis,
                _ -> {
                  retry = NONE;
                  if (!dialling && peer.newestLink().isEmpty()) {
                    dial();
                  }
                });
  }

  private long pause() {
    long most = Math.min(FIRST_PAUSE_MILLIS << Math.min(failures - 1, 16), LONGEST_PAUSE_MILLIS);
    return most - ThreadLocalRandom.current().nextLong(most / 2);
  }

  private void dial() {
    if (!peers.mayDial()) {
      trouble = AnswerCode.BUSY;
      failed();
      return;
    }
    dialling = true;
    lastDialNanos = System.nanoTime();
    trouble = AnswerCode.UNREACHABLE_NODE;
    untried.clear();
    untried.addAll(addresses());
    dialNext();
  }

  /// Where the node may answer: where the consensus says, where it did, where people say, where it
  /// says itself.
  private List<NodeAddress> addresses() {
    Set<NodeAddress> all = new LinkedHashSet<>();
    peers.listed(key).ifPresent(all::add);
    Optional.ofNullable(proven).ifPresent(all::add);
    waiters.forEach(waiter -> all.add(waiter.address));
    Optional.ofNullable(claimed).ifPresent(all::add);
    return all.stream().limit(MOST_ADDRESSES).toList();
  }

  private void dialNext() {
    NodeAddress next = untried.poll();
    if (next == null) {
      dialling = false;
      // A second later, so that nobody makes this node knock at many doors.
      long _ = loop.owner().setTimer(FIRST_PAUSE_MILLIS, _ -> peers.dialled());
      failed();
      return;
    }
    dialler.dial(next, peer, outcome -> loop.runOnContext(_ -> dialled(next, outcome)));
  }

  private void dialled(NodeAddress address, Dialler.Outcome outcome) {
    switch (outcome) {
      case Dialler.Outcome.Up _ -> {
        proven = address;
        dialling = false;
        peers.dialled();
      }
      case Dialler.Outcome.Down(AnswerCode why) -> {
        if (why == AnswerCode.NOT_ALLOWED) {
          trouble = why;
        }
        dialNext();
      }
    }
  }

  /// A link is there, made by either side.
  void opened(NodeInfo info) {
    loop.runOnContext(
        _ -> {
          failures = 0;
          answerAll(info);
        });
  }

  private void answerAll(NodeInfo info) {
    for (Waiter waiter : List.copyOf(waiters)) {
      finish(waiter, new Reached.Here(info));
    }
  }

  private void failed() {
    failures++;
    for (Waiter waiter : List.copyOf(waiters)) {
      give(waiter, trouble);
    }
    if (retry == NONE && peer.somethingWaits()) {
      tryLater(pause());
    }
  }

  private void give(Waiter waiter, AnswerCode why) {
    finish(waiter, new Reached.Not(why));
  }

  private void finish(Waiter waiter, Reached reached) {
    if (waiters.remove(waiter)) {
      loop.owner().cancelTimer(waiter.timer);
      waiter.then.accept(reached);
    }
  }

  /// A link is over while somebody waits for word from it.
  void closed() {
    loop.runOnContext(
        _ -> {
          if (!waiters.isEmpty() && peer.newestLink().isEmpty()) {
            dialSoon();
          }
        });
  }
}
