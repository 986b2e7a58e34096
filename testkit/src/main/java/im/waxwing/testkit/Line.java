package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A carrier's lasting connection to one node: numbers requests, seals each in a packet of one
/// layer, finds the answers, and connects again after a break.
final class Line {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(2);

  /// A connection that lasted so long was a good one: the next pause is short again.
  private static final Duration LASTING = Duration.ofMinutes(1);

  private final SimulatedNetwork network;
  private final Machine machine;
  private final NodeAddress address;
  private final Listener listener;
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final Map<Long, Question> unanswered = new LinkedHashMap<>();
  private Optional<Attempt> attempt = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private Optional<Instant> retryAt = Optional.empty();
  private long lastNumber;
  private boolean closed;

  /// What the carrier hears of a line.
  interface Listener {
    void opened(NodeInfo info);

    void lost(Instant retryAt, boolean impostor);

    void pushed(Frame frame);

    void replied(Frame.Reply reply);
  }

  private record Question(NumberedRequest request, Consumer<Optional<Frame.Answer>> outcome) {}

  /// One connection, from asking for it to its end.
  private final class Attempt implements Wire.End {
    Optional<Wire> wire = Optional.empty();
    Optional<NodeInfo> info = Optional.empty();
    Instant infoReadAt = Instant.MIN;

    boolean isCurrent() {
      return attempt.isPresent() && attempt.get() == this;
    }

    @Override
    public void received(ByteString record) {
      if (isCurrent()) {
        machine.run(() -> read(record));
      }
    }

    @Override
    public void broken() {
      if (isCurrent()) {
        machine.run(() -> end(false));
      }
    }

    private void connected(Optional<Wire> outcome) {
      if (!isCurrent()) {
        outcome.ifPresent(Wire::cut);
      } else if (outcome.isEmpty()) {
        end(false);
      } else {
        wire = outcome;
        machine.after(TIME_LIMIT, this::needInfo);
      }
    }

    private void needInfo() {
      if (isCurrent() && info.isEmpty()) {
        end(false);
      }
    }

    private void read(ByteString record) {
      try {
        switch (Frame.decode(record.toByteArray())) {
          case Frame.AboutNode(NodeInfo heard) -> hear(heard);
          case Frame.Answer answer -> answered(answer);
          case Frame.Push push -> listener.pushed(push);
          case Frame.CaughtUp caughtUp -> listener.pushed(caughtUp);
          case Frame.Reply reply -> listener.replied(reply);
          case Frame.Ping _,
              Frame.Pong _,
              Frame.Packet _,
              Frame.Attach _,
              Frame.Peer _,
              Frame.PeerRequest _,
              Frame.PeerAnswer _,
              Frame.AskDocument _,
              Frame.Gossip _,
              Frame.DocumentPart _ ->
              end(false);
        }
      } catch (MalformedException e) {
        end(false);
      }
    }

    private void hear(NodeInfo heard) {
      if (!heard.isFrom(address.key(), wire.orElseThrow().node().linkKeyHash())) {
        end(true);
        return;
      }
      info = Optional.of(heard);
      infoReadAt = network.time().now();
      retryAt = Optional.empty();
      listener.opened(heard);
      List.copyOf(unanswered.values()).forEach(this::send);
    }

    void send(Question question) {
      Optional<Hop> hop = hop();
      if (hop.isEmpty()) {
        renew();
        return;
      }
      byte[] payload = question.request().encode();
      send(new Frame.Packet(wrapper.wrap(List.of(hop.get()), RecipientId.NODE, payload).packet()));
    }

    void send(Frame frame) {
      wire.orElseThrow().sendToNode(ByteString.copyOf(frame.encode()));
    }

    Optional<Hop> hop() {
      return info.flatMap(known -> PacketKeys.hop(known, infoReadAt, network.time().now()));
    }

    /// The known packet keys are used up: a new connection begins with new ones.
    private void renew() {
      wire.ifPresent(Wire::cut);
      connect();
    }

    private void end(boolean impostor) {
      wire.ifPresent(Wire::cut);
      attempt = Optional.empty();
      if (info.isPresent() && infoReadAt.plus(LASTING).isBefore(network.time().now())) {
        pause = FIRST_PAUSE;
      }
      Instant next = machine.clock().instant().plus(pause);
      retryAt = Optional.of(next);
      machine.after(pause, Line.this::connectIfLost);
      pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
      listener.lost(next, impostor);
      List.copyOf(unanswered.keySet()).forEach(Line.this::giveUp);
    }
  }

  Line(SimulatedNetwork network, Machine machine, NodeAddress address, Listener listener) {
    this.network = network;
    this.machine = machine;
    this.address = address;
    this.listener = listener;
  }

  /// Asks the node; no answer in time, or no connection, is an empty outcome.
  ///
  /// @return the request's number
  long ask(Request request, Consumer<Optional<Frame.Answer>> outcome) {
    long number = ++lastNumber;
    Question question = new Question(new NumberedRequest(number, request), outcome);
    unanswered.put(number, question);
    if (retryAt.isPresent()) {
      machine.after(Duration.ZERO, () -> giveUp(number));
    } else if (attempt.isEmpty()) {
      connect();
      machine.after(TIME_LIMIT, () -> giveUp(number));
    } else {
      attempt.filter(open -> open.info.isPresent()).ifPresent(open -> open.send(question));
      machine.after(TIME_LIMIT, () -> giveUp(number));
    }
    return number;
  }

  /// The node with its present packet key, while there is a connection.
  Optional<Hop> hop() {
    return attempt.flatMap(
        open -> {
          Optional<Hop> hop = open.hop();
          if (open.info.isPresent() && hop.isEmpty()) {
            open.renew();
          }
          return hop;
        });
  }

  /// Sends what has no answer of its own; the line must be open.
  void send(Frame frame) {
    attempt.orElseThrow().send(frame);
  }

  /// Connects if the line was never used.
  void connectIfNew() {
    if (attempt.isEmpty() && retryAt.isEmpty()) {
      connect();
    }
  }

  /// Gives the connection up and begins a new one.
  void startAnew() {
    attempt.ifPresent(open -> open.end(false));
  }

  /// Connects at once if the line is waiting to.
  void hurry() {
    pause = FIRST_PAUSE;
    connectIfLost();
  }

  boolean isOpen() {
    return attempt.flatMap(open -> open.info).isPresent();
  }

  void close() {
    closed = true;
    attempt.flatMap(open -> open.wire).ifPresent(Wire::cut);
    attempt = Optional.empty();
    unanswered.clear();
  }

  private void connectIfLost() {
    if (retryAt.isPresent() && attempt.isEmpty() && !closed) {
      retryAt = Optional.empty();
      connect();
    }
  }

  private void connect() {
    Attempt begun = new Attempt();
    attempt = Optional.of(begun);
    network.connect(
        machine.name(),
        address,
        begun,
        outcome -> {
          if (!machine.run(() -> begun.connected(outcome))) {
            outcome.ifPresent(Wire::cut);
          }
        });
  }

  private void answered(Frame.Answer answer) {
    Optional.ofNullable(unanswered.remove(answer.number()))
        .ifPresent(question -> question.outcome().accept(Optional.of(answer)));
  }

  private void giveUp(long number) {
    Optional.ofNullable(unanswered.remove(number))
        .ifPresent(question -> question.outcome().accept(Optional.empty()));
  }
}
