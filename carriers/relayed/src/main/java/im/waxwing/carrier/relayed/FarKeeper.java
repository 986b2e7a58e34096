package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The way to a node behind others (node.md §11): packets with a layer for each node of the path,
/// each with a reply block for its answer.
///
/// The nodes behind the first are known by their signed word, asked of the first node by `reach`. A
/// node that was started anew has other packet keys and drops what was made for the old ones in
/// silence; so when an answer is long in coming all are asked again, and the request is made and
/// sent once more, as is everything that waits for an answer if a node has new keys.
///
/// Belongs to the carrier's event loop.
final class FarKeeper implements Keeper, NodeLink.Watcher {
  private static final int MOST_IN_FLIGHT = 32;
  private static final int MOST_WAITING = 4_096;

  private static final int MOST_IDLE_CHECKS = 10;

  /// A request without an answer for this part of its time makes us doubt the keys.
  private static final int DOUBT_PART = 3;

  /// A request, from when it was asked for until its outcome.
  private static final class Pending {
    final Request request;
    final Optional<Stock> stock;
    final Consumer<Outcome> outcome;
    long timer = -1;
    long doubtTimer = -1;
    long framesBefore;
    boolean doubted;
    @Nullable ReplyId reply;

    Pending(Request request, Optional<Stock> stock, Consumer<Outcome> outcome) {
      this.request = request;
      this.stock = stock;
      this.outcome = outcome;
    }
  }

  private final NodeLink first;
  private final List<NodeAddress> behind;
  private final Surroundings surroundings;
  private final Timing timing;
  private final Clock clock;
  private final Backoff backoff;
  private final PacketWrapper wrapper;
  private final RandomGenerator random;

  /// The last words of the nodes behind the first.
  private final Map<NodeAddress, Told> told = new HashMap<>();

  /// Whether nothing speaks against them.
  private boolean trusted;

  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Set<Pending> inFlight = new LinkedHashSet<>();
  private final Map<MailboxEar, Stock> stocks = new HashMap<>();

  /// What is being asked, if anything: each asking has a number of its own, and what was heard in
  /// it.
  private @Nullable Map<NodeAddress, Told> asking;

  private long askings;

  private long retryTimer = -1;
  private long checkTimer = -1;

  /// How often it was looked after the nodes since something was asked for.
  private int checks;

  private boolean closed;

  FarKeeper(
      NodeLink first,
      List<NodeAddress> path,
      Surroundings surroundings,
      Timing timing,
      Clock clock,
      Backoff backoff,
      PacketWrapper wrapper,
      RandomGenerator random) {
    this.first = first;
    this.behind = path.subList(1, path.size());
    this.surroundings = surroundings;
    this.timing = timing;
    this.clock = clock;
    this.backoff = backoff;
    this.wrapper = wrapper;
    this.random = random;
    first.watch(this);
  }

  @Override
  public void request(Subject subject, Request request, Consumer<Outcome> outcome) {
    ask(new Pending(request, Optional.empty(), outcome));
  }

  private void ask(Pending pending) {
    if (closed || isDown() || waiting.size() >= MOST_WAITING) {
      pending.outcome.accept(new Outcome.NoAnswer());
      return;
    }
    checks = 0;
    pending.timer = surroundings.after(timing.answer(), () -> timedOut(pending));
    waiting.add(pending);
    sendWaiting();
  }

  /// Whether it waits before it tries again to reach the node.
  boolean isDown() {
    return first.isDown() || retryTimer >= 0;
  }

  @Override
  public void listen(MailboxEar ear) {
    Stock stock = new Stock(owner(ear), first.replies(), surroundings, timing, random);
    stocks.put(ear, stock);
    if (!isDown()) {
      stock.begin();
    }
  }

  private Stock.Owner owner(MailboxEar ear) {
    return new Stock.Owner() {
      @Override
      public void ask(Stock stock, Consumer<Outcome> outcome) {
        FarKeeper.this.ask(new Pending(ear.request(), Optional.of(stock), outcome));
      }

      @Override
      public void unsubscribe(long number) {
        Request request = new Request.Unsubscribe(number);
        FarKeeper.this.ask(new Pending(request, Optional.empty(), _ -> {}));
      }

      @Override
      public Duration keysLeft() {
        return FarKeeper.this.keysLeft();
      }

      @Override
      public void arrived(Held held) {
        ear.arrived(held);
      }

      @Override
      public void caughtUp() {
        ear.caughtUp();
      }

      @Override
      public void silent(Stock stock) {
        if (!isDown()) {
          stock.beginLater();
        }
      }

      @Override
      public void refused(AnswerCode code) {
        stocks.remove(ear);
        Refusals.of(code).ifPresent(ear::refused);
      }
    };
  }

  @Override
  public void remove(MailboxEar ear) {
    Stock stock = stocks.remove(ear);
    if (stock != null) {
      stock.end();
    }
  }

  @Override
  public void hurry() {
    first.hurry();
    if (first.isUp()) {
      stopRetrying();
      askNodes();
    }
  }

  private void retry() {
    retryTimer = -1;
    askNodes();
  }

  /// While the path is in use, it is looked whether the nodes are still there.
  private void checkLater() {
    surroundings.cancel(checkTimer);
    checkTimer =
        surroundings.after(
            timing.keepAlive(),
            () -> {
              checks++;
              if (first.isUp() && (checks <= MOST_IDLE_CHECKS || !stocks.isEmpty())) {
                askNodes();
              }
            });
  }

  @Override
  public void up() {
    stopRetrying();
    askNodes();
  }

  @Override
  public void down(Instant retryAt) {
    asking = null;
    trusted = false;
    stopRetrying();
    surroundings.cancel(checkTimer);
    tell(node -> new Reachability.Lost(node, retryAt, Optional.of(first.node())));
    endAll(new Outcome.NoAnswer());
    stocks.values().forEach(Stock::lost);
  }

  @Override
  public void drained() {
    sendWaiting();
  }

  private void stopRetrying() {
    surroundings.cancel(retryTimer);
    retryTimer = -1;
  }

  private void tell(Function<NodeAddress, Reachability> what) {
    behind.forEach(node -> surroundings.reachabilityBehind(what.apply(node)));
  }

  /// Asks the first node for the words of the others, unless that is being done.
  private void askNodes() {
    if (asking != null || closed) {
      return;
    }
    Optional<AdmissionToken> token = surroundings.tokenFor(first.node());
    if (token.isEmpty()) {
      refused(AnswerCode.NOT_ADMITTED);
      return;
    }
    asking = new HashMap<>();
    long thisAsking = ++askings;
    for (NodeAddress node : behind) {
      first.request(
          new Request.Reach(node, token.get()),
          came -> {
            if (asking != null && askings == thisAsking) {
              heardOf(node, came, asking);
            }
          });
    }
  }

  private void heardOf(NodeAddress node, Outcome came, Map<NodeAddress, Told> heard) {
    if (!(came instanceof Outcome.Answered answer)
        || answer.code() == AnswerCode.UNREACHABLE_NODE) {
      unreachable(node, false);
    } else if (answer.code() != AnswerCode.OK) {
      refused(answer.code());
    } else {
      check(node, answer.body())
          .ifPresentOrElse(info -> heardOf(node, info, heard), () -> unreachable(node, true));
    }
  }

  private void heardOf(NodeAddress node, NodeInfo info, Map<NodeAddress, Told> heard) {
    heard.put(node, new Told(info, clock.instant()));
    if (heard.size() == behind.size()) {
      heardOfAll(heard);
    }
  }

  private static Optional<NodeInfo> check(NodeAddress node, ByteString body) {
    try {
      NodeInfo info = NodeInfo.decode(body);
      return info.isSignedBy(node.key()) ? Optional.of(info) : Optional.empty();
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private void heardOfAll(Map<NodeAddress, Told> heard) {
    asking = null;
    backoff.reset();
    boolean anew =
        heard.entrySet().stream()
            .anyMatch(
                word -> {
                  Told before = told.get(word.getKey());
                  return before != null && !before.goesOnIn(word.getValue().info());
                });
    told.putAll(heard);
    trusted = true;
    checkLater();
    heard.forEach(
        (node, word) ->
            surroundings.reachabilityBehind(
                new Reachability.Reachable(node, word.ahead(), Optional.of(first.node()))));
    if (anew) {
      dropSubscriptions();
    }
    sendAgain(anew);
    List.copyOf(stocks.values()).forEach(stock -> stock.reached(anew));
    sendWaiting();
  }

  /// They are begun anew.
  private void dropSubscriptions() {
    for (Collection<Pending> some : List.of(inFlight, waiting)) {
      some.removeIf(
          pending -> {
            pending.stock.ifPresent(_ -> end(pending));
            return pending.stock.isPresent();
          });
    }
  }

  /// What was made for keys that are no more, and what seems to be lost.
  private void sendAgain(boolean everything) {
    for (Pending pending : List.copyOf(inFlight).reversed()) {
      if (everything || pending.doubted) {
        inFlight.remove(pending);
        forget(pending);
        waiting.addFirst(pending);
      }
    }
  }

  private void unreachable(NodeAddress node, boolean impostor) {
    asking = null;
    trusted = false;
    Duration delay = backoff.next();
    retryTimer = surroundings.after(delay, this::retry);
    Instant retryAt = clock.instant().plus(delay);
    Optional<NodeAddress> via = Optional.of(first.node());
    surroundings.reachabilityBehind(
        impostor
            ? new Reachability.Impostor(node, retryAt, via)
            : new Reachability.Lost(node, retryAt, via));
    endAll(new Outcome.NoAnswer());
    stocks.values().forEach(Stock::lost);
  }

  /// The first node does not pass on for us; whoever asks next makes us ask it again.
  private void refused(AnswerCode code) {
    asking = null;
    trusted = false;
    endAll(new Outcome.Answered(code, ByteString.EMPTY));
    List.copyOf(stocks.values()).stream()
        .filter(stock -> stock.number() == 0)
        .forEach(stock -> stock.refused(code));
  }

  private void sendWaiting() {
    Optional<Told> firstTold = first.told();
    if (firstTold.isEmpty()) {
      first.connectIfNeeded();
      return;
    }
    while (!waiting.isEmpty() && inFlight.size() < MOST_IN_FLIGHT && !first.isFull()) {
      Optional<List<Hop>> path = path(firstTold.get());
      if (path.isEmpty()) {
        askNodes();
        return;
      }
      send(waiting.remove(), path.get());
    }
  }

  /// All nodes with their packet keys; empty: there is one whose keys are not known.
  private Optional<List<Hop>> path(Told firstTold) {
    if (!trusted) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    List<Hop> path = new ArrayList<>();
    path.add(Hop.of(first.node().key(), firstTold.info().packetKeys().getFirst()));
    for (NodeAddress node : behind) {
      Optional<Hop> hop = Optional.ofNullable(told.get(node)).flatMap(word -> word.hop(now));
      if (hop.isEmpty()) {
        return Optional.empty();
      }
      path.add(hop.get());
    }
    return Optional.of(path);
  }

  /// How long the present packet keys of all nodes are the present ones.
  private Duration keysLeft() {
    Instant now = clock.instant();
    Duration least = first.told().map(word -> word.left(now)).orElse(Duration.ZERO);
    for (Told word : told.values()) {
      Duration left = word.left(now);
      least = left.compareTo(least) < 0 ? left : least;
    }
    return least;
  }

  private void send(Pending pending, List<Hop> path) {
    List<Hop> back = path.subList(0, path.size() - 1).reversed();
    Replies replies = first.replies();
    Replies.Given forAnswer = replies.expect(back, (_, notice) -> heard(pending, notice));
    List<ReplyBlock> blocks = new ArrayList<>();
    blocks.add(forAnswer.block());
    pending.stock.ifPresent(
        stock -> blocks.addAll(stock.blocks(Collections.nCopies(Stock.BLOCKS_A_TIME, back))));
    long number =
        pending.stock.map(Stock::number).orElseGet(() -> random.nextLong(1, Long.MAX_VALUE));
    byte[] payload = new NumberedRequest(blocks, number, pending.request).encode();
    if (pending.reply == null) {
      surroundings.cancel(pending.timer);
      pending.timer = surroundings.after(timing.answer(), () -> timedOut(pending));
    }
    pending.reply = forAnswer.id();
    pending.framesBefore = first.framesReceived();
    pending.doubted = false;
    Duration doubt = timing.answer().dividedBy(DOUBT_PART);
    pending.doubtTimer = surroundings.after(doubt, () -> doubt(pending));
    inFlight.add(pending);
    first.pass(wrapper.wrap(path, RecipientId.NODE, payload).packet());
  }

  private void heard(Pending pending, Frame.Notice notice) {
    if (!(notice instanceof Frame.Answer answer)) {
      pending.stock.ifPresent(stock -> stock.heard(notice));
      return;
    }
    if (inFlight.remove(pending)) {
      end(pending);
      pending.outcome.accept(new Outcome.Answered(answer.code(), answer.body()));
      sendWaiting();
    }
  }

  private void forget(Pending pending) {
    surroundings.cancel(pending.doubtTimer);
    if (pending.reply != null) {
      first.replies().forget(pending.reply);
    }
  }

  /// Perhaps a node was started anew and its keys are others now, or has lost the packet.
  private void doubt(Pending pending) {
    pending.doubted = true;
    if (first.isUp()) {
      askNodes();
    }
  }

  private void timedOut(Pending pending) {
    boolean sent = inFlight.remove(pending);
    if (!sent && !waiting.remove(pending)) {
      return;
    }
    if (sent) {
      forget(pending);
      trusted = false;
    }
    pending.outcome.accept(new Outcome.NoAnswer());
    if (sent) {
      first.closeIfSilentSince(pending.framesBefore);
    }
    sendWaiting();
  }

  private void endAll(Outcome outcome) {
    List<Pending> all = new ArrayList<>(inFlight);
    all.addAll(waiting);
    inFlight.clear();
    waiting.clear();
    for (Pending pending : all) {
      end(pending);
      pending.outcome.accept(outcome);
    }
  }

  private void end(Pending pending) {
    forget(pending);
    surroundings.cancel(pending.timer);
  }

  @Override
  public void close() {
    closed = true;
  }
}
