package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import io.vertx.core.net.NetSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way to one node for one purpose: connects when first needed, stays connected, numbers
/// requests and matches answers, and takes up subscriptions again after each loss. Paths that go on
/// from this node, a network's too, do so over the same connection ([Watcher]).
///
/// Belongs to the carrier's event loop.
final class NodeLink implements Keeper, Caller, Shelf, Connection.Events {
  private static final int MOST_IN_FLIGHT = 32;
  private static final int MOST_WAITING = 4_096;

  /// Who goes on from this node to others.
  interface Watcher {
    /// The node proved itself on a new connection; answers by reply block arrive.
    void up();

    /// The connection is lost, and with it what was sent by it.
    ///
    /// @param retryAt when the next attempt is due
    void down(Instant retryAt);

    /// There is room for packets again.
    void drained();
  }

  /// A request, from when it was asked for until its outcome.
  private static final class Pending {
    final Request request;
    final Consumer<Outcome> outcome;
    long timer;
    long framesBefore;

    Pending(Request request, Consumer<Outcome> outcome) {
      this.request = request;
      this.outcome = outcome;
    }
  }

  private final NodeAddress node;
  private final Surroundings surroundings;
  private final Timing timing;
  private final Clock clock;
  private final Backoff backoff;
  private final PacketWrapper wrapper;
  private final Replies replies;
  private final DocumentAsks documents;
  private final List<Watcher> watchers = new ArrayList<>();
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private final Map<Long, Pending> inFlight = new HashMap<>();
  private final List<MailboxEar> ears = new ArrayList<>();
  private final Map<Long, MailboxEar> earsByNumber = new HashMap<>();
  private @Nullable Connection connection;
  private @Nullable Told told;
  private boolean connecting;
  private long attempt;
  private long retryTimer = -1;
  private long keepAliveTimer = -1;
  private long lastNumber;
  private boolean closed;

  NodeLink(
      NodeAddress node,
      Surroundings surroundings,
      Timing timing,
      Clock clock,
      Backoff backoff,
      PacketWrapper wrapper) {
    this.node = node;
    this.surroundings = surroundings;
    this.timing = timing;
    this.clock = clock;
    this.backoff = backoff;
    this.wrapper = wrapper;
    this.replies = new Replies(wrapper);
    this.documents = new DocumentAsks(surroundings, timing, this::say);
  }

  NodeAddress node() {
    return node;
  }

  @Override
  public String host() {
    return node.host();
  }

  @Override
  public int port() {
    return node.port();
  }

  boolean isUp() {
    return told != null;
  }

  /// Whether it waits before it tries again to connect.
  boolean isDown() {
    return closed || retryTimer >= 0;
  }

  /// What the node said of itself on the present connection.
  Optional<Told> told() {
    return Optional.ofNullable(told);
  }

  /// What is expected to arrive by reply block.
  Replies replies() {
    return replies;
  }

  /// Has answers by reply block arrive here from now on.
  void watch(Watcher watcher) {
    watchers.add(watcher);
    if (watchers.size() == 1) {
      attach();
    }
  }

  private void attach() {
    if (!watchers.isEmpty()) {
      say(new Frame.Attach(replies.recipient()));
    }
  }

  /// A link that is not up drops what is to be said.
  private void say(Frame frame) {
    if (connection != null && isUp()) {
      connection.send(frame);
    }
  }

  /// Hands a packet to the node; a link that is not up drops it. Ask [#isFull] first.
  void pass(ByteString packet) {
    say(new Frame.Packet(packet));
  }

  @Override
  public void ask(
      DocumentKind kind, ByteString name, ByteString known, Consumer<Optional<ByteString>> heard) {
    if (isUp()) {
      documents.ask(kind, name, known, heard);
    } else {
      heard.accept(Optional.empty());
    }
  }

  /// Whether packets have to wait; [Watcher#drained] tells when they need not any more.
  boolean isFull() {
    Connection open = connection;
    if (open == null || !open.isFull()) {
      return false;
    }
    open.whenDrained(this::drained);
    return true;
  }

  private void drained() {
    sendWaiting();
    watchers.forEach(Watcher::drained);
  }

  /// How many frames came on the present connection.
  long framesReceived() {
    return connection == null ? 0 : connection.framesReceived();
  }

  /// Closes a connection on which nothing at all came since: it is dead, though nobody said so.
  void closeIfSilentSince(long framesBefore) {
    if (connection != null && connection.framesReceived() == framesBefore) {
      connection.close();
    }
  }

  @Override
  public void request(Subject subject, Request request, Consumer<Outcome> outcome) {
    request(request, outcome);
  }

  void request(Request request, Consumer<Outcome> outcome) {
    if (closed || retryTimer >= 0 || waiting.size() >= MOST_WAITING) {
      outcome.accept(new Outcome.NoAnswer());
      return;
    }
    Pending pending = new Pending(request, outcome);
    pending.timer = surroundings.after(timing.answer(), () -> timedOut(pending));
    waiting.add(pending);
    sendWaiting();
    connectIfNeeded();
  }

  @Override
  public void listen(MailboxEar ear) {
    ears.add(ear);
    if (isUp()) {
      subscribe(ear);
    } else {
      connectIfNeeded();
    }
  }

  @Override
  public void remove(MailboxEar ear) {
    if (ears.remove(ear) && earsByNumber.remove(ear.number(), ear)) {
      request(new Request.Unsubscribe(ear.number()), _ -> {});
    }
  }

  @Override
  public void hurry() {
    if (retryTimer >= 0) {
      surroundings.cancel(retryTimer);
      retryTimer = -1;
      connectIfNeeded();
    }
  }

  /// Connects unless it does so by itself, now or later.
  void connectIfNeeded() {
    if (closed || connecting || connection != null || retryTimer >= 0) {
      return;
    }
    connecting = true;
    long thisAttempt = ++attempt;
    surroundings.connect(this);
    long _ =
        surroundings.after(
            timing.answer(),
            () -> {
              if (connecting && attempt == thisAttempt) {
                failed(false);
              }
            });
  }

  @Override
  public void connected(NetSocket socket) {
    Connection opened = new Connection(socket, node.key()::equals, this);
    if (closed || !connecting || connection != null) {
      opened.abandon();
      return;
    }
    connection = opened;
    opened.listen();
  }

  @Override
  public void failed(boolean impostor) {
    if (connecting) {
      lose(impostor);
    }
  }

  @Override
  public void aboutNode(Connection from, NodeInfo info) {
    if (from != connection) {
      return;
    }
    boolean first = told == null;
    Told now = new Told(info, clock.instant());
    told = now;
    if (!first) {
      return;
    }
    connecting = false;
    backoff.reset();
    surroundings.reachability(this, new Reachability.Reachable(node, now.ahead()));
    attach();
    keepAlive(from, from.framesReceived(), false);
    List.copyOf(ears).forEach(this::subscribe);
    sendWaiting();
    watchers.forEach(Watcher::up);
  }

  @Override
  public void received(Connection from, Frame frame) {
    if (from != connection) {
      return;
    }
    switch (frame) {
      case Frame.Answer answer -> answered(answer);
      case Frame.Push(long number, var held) -> {
        MailboxEar ear = earsByNumber.get(number);
        if (ear != null) {
          ear.arrived(held);
        }
      }
      case Frame.CaughtUp(long number) -> {
        MailboxEar ear = earsByNumber.get(number);
        if (ear != null) {
          ear.caughtUp();
        }
      }
      case Frame.Reply reply -> replies.received(reply);
      case Frame.DocumentPart part -> documents.received(part);
      case Frame.Pong() -> {}
      case Frame.Ping _,
          Frame.AboutNode _,
          Frame.Packet _,
          Frame.Attach _,
          Frame.Peer _,
          Frame.PeerRequest _,
          Frame.PeerAnswer _,
          Frame.AskDocument _,
          Frame.Gossip _ ->
          from.malformed();
    }
  }

  private void answered(Frame.Answer answer) {
    Pending pending = inFlight.remove(answer.number());
    if (pending == null) {
      return;
    }
    surroundings.cancel(pending.timer);
    pending.outcome.accept(new Outcome.Answered(answer.code(), answer.body()));
    sendWaiting();
  }

  private void sendWaiting() {
    Connection open = connection;
    Told known = told;
    while (open != null && known != null && inFlight.size() < MOST_IN_FLIGHT && !isFull()) {
      Pending next = waiting.poll();
      if (next == null) {
        return;
      }
      send(open, known, next);
    }
  }

  private long send(Connection open, Told known, Pending pending) {
    long number = ++lastNumber;
    pending.framesBefore = open.framesReceived();
    inFlight.put(number, pending);
    byte[] payload = new NumberedRequest(number, pending.request).encode();
    Hop hop = Hop.of(node.key(), known.info().packetKeys().getFirst());
    ByteString packet = wrapper.wrap(List.of(hop), RecipientId.NODE, payload).packet();
    open.send(new Frame.Packet(packet));
    return number;
  }

  /// Subscriptions do not queue: they are few, and belong to this connection.
  private void subscribe(MailboxEar ear) {
    Connection open = connection;
    Told known = told;
    if (open == null || known == null) {
      return;
    }
    Pending pending = new Pending(ear.request(), outcome -> subscribed(ear, outcome));
    pending.timer = surroundings.after(timing.answer(), () -> timedOut(pending));
    ear.number(send(open, known, pending));
    earsByNumber.put(ear.number(), ear);
  }

  private void subscribed(MailboxEar ear, Outcome outcome) {
    switch (outcome) {
      case Outcome.NoAnswer() -> {
        if (isUp()) {
          again(ear);
        }
      }
      case Outcome.Answered answered -> settle(ear, answered.code());
    }
  }

  private void settle(MailboxEar ear, AnswerCode code) {
    if (code == AnswerCode.BUSY) {
      again(ear);
    } else if (code != AnswerCode.OK) {
      earsByNumber.remove(ear.number(), ear);
      ears.remove(ear);
      Refusals.of(code).ifPresent(ear::refused);
    }
  }

  private void again(MailboxEar ear) {
    earsByNumber.remove(ear.number(), ear);
    long _ =
        surroundings.after(
            timing.firstRetry(),
            () -> {
              if (ears.contains(ear) && !earsByNumber.containsValue(ear)) {
                subscribe(ear);
              }
            });
  }

  private void timedOut(Pending pending) {
    boolean sent = inFlight.values().remove(pending);
    boolean known = sent || waiting.remove(pending);
    if (known) {
      pending.outcome.accept(new Outcome.NoAnswer());
    }
    if (sent) {
      closeIfSilentSince(pending.framesBefore);
    }
    sendWaiting();
  }

  private void keepAlive(Connection of, long framesBefore, boolean asked) {
    keepAliveTimer =
        surroundings.after(
            timing.keepAlive(),
            () -> {
              if (of != connection) {
                return;
              }
              boolean silent = of.framesReceived() == framesBefore;
              if (silent && asked) {
                of.close();
                return;
              }
              if (silent) {
                of.send(new Frame.Ping());
              }
              keepAlive(of, of.framesReceived(), silent);
            });
  }

  @Override
  public void closed(Connection from) {
    if (from == connection) {
      lose(false);
    }
  }

  @Override
  public void impostor(Connection from) {
    if (from == connection) {
      lose(true);
    }
  }

  private void lose(boolean impostor) {
    connecting = false;
    Connection lost = connection;
    if (lost != null) {
      lost.abandon();
    }
    connection = null;
    told = null;
    surroundings.cancel(keepAliveTimer);
    earsByNumber.clear();
    if (!closed) {
      Duration delay = backoff.next();
      retryTimer = surroundings.after(delay, this::retry);
      Instant retryAt = clock.instant().plus(delay);
      surroundings.reachability(
          this,
          impostor
              ? new Reachability.Impostor(node, retryAt)
              : new Reachability.Lost(node, retryAt));
      watchers.forEach(watcher -> watcher.down(retryAt));
    }
    documents.lost();
    endAll();
  }

  private void retry() {
    retryTimer = -1;
    connectIfNeeded();
  }

  private void endAll() {
    List<Pending> all = new ArrayList<>(inFlight.values());
    all.addAll(waiting);
    inFlight.clear();
    waiting.clear();
    for (Pending pending : all) {
      surroundings.cancel(pending.timer);
      pending.outcome.accept(new Outcome.NoAnswer());
    }
  }

  @Override
  public void close() {
    closed = true;
    replies.forgetAll();
    if (connection != null) {
      connection.abandon();
    }
  }
}
