package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.OwnReplyBlock;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A carrier's way to a node by way of another: packets of two layers over the line to the nearer
/// one, each with a reply block for its answer. The far node's packet keys come by the nearer one.
final class FarLine {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration SAME_TIME = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

  private final SimulatedNetwork network;
  private final Machine machine;
  private final Line line;
  private final NodeAddress near;
  private final NodeAddress far;
  private final Supplier<Optional<AdmissionToken>> admission;
  private final Consumer<Reachability> told;
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final RecipientId recipient = new RecipientId(random(RecipientId.LENGTH));
  private final Map<ReplyId, Question> unanswered = new LinkedHashMap<>();
  private final List<Question> waiting = new ArrayList<>();
  private Optional<NodeInfo> info = Optional.empty();
  private Instant infoReadAt = Instant.MIN;
  private Optional<Duration> toldAhead = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private boolean asking;
  private boolean resting;
  private long lastNumber;

  /// A request until its outcome; with keys once it has been sent.
  private static final class Question {
    final Request request;
    final Consumer<Optional<Frame.Answer>> outcome;
    Optional<SecretBytes> keys = Optional.empty();
    boolean over;

    Question(Request request, Consumer<Optional<Frame.Answer>> outcome) {
      this.request = request;
      this.outcome = outcome;
    }

    void end(Optional<Frame.Answer> answer) {
      if (!over) {
        over = true;
        outcome.accept(answer);
      }
    }
  }

  /// @param told hears whether the far node can be reached this way
  FarLine(
      SimulatedNetwork network,
      Machine machine,
      Line line,
      NodeAddress near,
      NodeAddress far,
      Supplier<Optional<AdmissionToken>> admission,
      Consumer<Reachability> told) {
    this.network = network;
    this.machine = machine;
    this.line = line;
    this.near = near;
    this.far = far;
    this.admission = admission;
    this.told = told;
  }

  /// Asks the far node; no answer in time, or no way to it, is an empty outcome.
  void ask(Request request, Consumer<Optional<Frame.Answer>> outcome) {
    Question question = new Question(request, outcome);
    if (resting) {
      machine.after(Duration.ZERO, () -> question.end(Optional.empty()));
      return;
    }
    waiting.add(question);
    machine.after(TIME_LIMIT, () -> giveUp(question));
    sendWaiting();
  }

  /// The line to the nearer node is there again.
  void opened() {
    resting = false;
    askForKeys();
  }

  /// The line to the nearer node is lost.
  void lost(Instant retryAt) {
    info = Optional.empty();
    endAll(Optional.empty());
    tellLost(retryAt);
  }

  void hurry() {
    pause = FIRST_PAUSE;
    rested();
  }

  /// An answer for this way or another.
  void replied(Frame.Reply reply) {
    Question question = unanswered.get(reply.id());
    if (question == null) {
      return;
    }
    try {
      ByteString clear = wrapper.openReply(question.keys.orElseThrow(), reply.sealed());
      if (Frame.Notice.decodeReply(clear) instanceof Frame.Answer answer) {
        unanswered.remove(reply.id());
        question.end(Optional.of(answer));
      }
    } catch (MalformedException e) {
      // Somebody changed it on its way: it never came.
    }
  }

  private void sendWaiting() {
    Optional<Hop> first = line.hop();
    Optional<Hop> last = hop();
    if (first.isEmpty()) {
      line.connectIfNew();
    } else if (last.isEmpty()) {
      askForKeys();
    } else {
      List<Question> ready = List.copyOf(waiting);
      waiting.clear();
      ready.forEach(question -> send(question, first.get(), last.get()));
    }
  }

  private void send(Question question, Hop first, Hop last) {
    ReplyId id = new ReplyId(random(ReplyId.LENGTH));
    OwnReplyBlock own = wrapper.replyBlock(List.of(first), recipient, id);
    question.keys = Optional.of(own.keys());
    unanswered.put(id, question);
    byte[] payload =
        new NumberedRequest(List.of(own.block()), ++lastNumber, question.request).encode();
    ByteString packet = wrapper.wrap(List.of(first, last), RecipientId.NODE, payload).packet();
    line.send(new Frame.Attach(recipient));
    line.send(new Frame.Packet(packet));
  }

  /// The far node with the packet key that is its present one; empty: not known any more.
  private Optional<Hop> hop() {
    return info.flatMap(word -> PacketKeys.hop(word, infoReadAt, network.time().now()));
  }

  private void askForKeys() {
    Optional<AdmissionToken> token = admission.get();
    if (token.isEmpty()) {
      refused(AnswerCode.NOT_ADMITTED);
    } else if (!asking) {
      asking = true;
      line.ask(new Request.Reach(far, token.get()), this::heard);
    }
  }

  private void heard(Optional<Frame.Answer> answer) {
    asking = false;
    if (answer.isEmpty()) {
      rest();
      return;
    }
    switch (answer.get().code()) {
      case OK -> heard(answer.get().body());
      case UNREACHABLE_NODE -> rest();
      default -> refused(answer.get().code());
    }
  }

  private void heard(ByteString body) {
    try {
      NodeInfo word = NodeInfo.decode(body);
      if (!word.isSignedBy(far.key())) {
        rest();
        return;
      }
      info = Optional.of(word);
      infoReadAt = network.time().now();
      pause = FIRST_PAUSE;
      Duration ahead = Duration.between(machine.clock().instant(), word.time());
      tellReachable(ahead);
      if (hop().isPresent()) {
        sendWaiting();
      }
    } catch (MalformedException e) {
      rest();
    }
  }

  /// Only a change is told: that it can be reached, or that its clock is another.
  private void tellReachable(Duration ahead) {
    boolean same =
        toldAhead.filter(before -> before.minus(ahead).abs().compareTo(SAME_TIME) < 0).isPresent();
    if (!same) {
      toldAhead = Optional.of(ahead);
      told.accept(new Reachability.Reachable(far, ahead, Optional.of(near)));
    }
  }

  private void tellLost(Instant retryAt) {
    toldAhead = Optional.empty();
    told.accept(new Reachability.Lost(far, retryAt, Optional.of(near)));
  }

  /// The far node cannot be reached just now: it is tried again after a while.
  private void rest() {
    resting = true;
    info = Optional.empty();
    machine.after(pause, this::rested);
    tellLost(machine.clock().instant().plus(pause));
    pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
    endAll(Optional.empty());
  }

  private void rested() {
    if (resting) {
      resting = false;
      if (line.isOpen()) {
        askForKeys();
      }
    }
  }

  private void refused(AnswerCode code) {
    endAll(Optional.of(new Frame.Answer(1, code, ByteString.EMPTY)));
  }

  private void giveUp(Question question) {
    waiting.remove(question);
    if (unanswered.values().remove(question)) {
      // It may have other keys by now.
      info = Optional.empty();
    }
    question.end(Optional.empty());
  }

  private void endAll(Optional<Frame.Answer> outcome) {
    List<Question> all = new ArrayList<>(unanswered.values());
    all.addAll(waiting);
    unanswered.clear();
    waiting.clear();
    all.forEach(question -> question.end(outcome));
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
