package im.waxwing.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.carrier.Deposit;
import im.waxwing.content.proto.Content;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.EnvelopeKeys;
import im.waxwing.crypto.Envelopes;
import im.waxwing.crypto.LaneKeys;
import im.waxwing.crypto.Letter;
import im.waxwing.crypto.Piece;
import im.waxwing.crypto.SendingLane;
import im.waxwing.engine.Ways.Route;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.MessageId;
import im.waxwing.store.OutboxTable;
import im.waxwing.store.OutboxTable.Out;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.OutboxTable.State;
import im.waxwing.store.PeerTable.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is written down of letters on their way: added, encrypted as soon as their lane has room,
/// wrapped anew when the day or the mailbox has changed, kept until the receipt (delivery.md §3).
final class Outbox {
  /// Days after acceptance on which a letter without receipt is wrapped anew.
  private static final List<Integer> REWRAP_DAYS = List.of(1, 3, 7, 14, 21);

  private static final Duration EXPIRY = Duration.ofDays(30);

  /// Letters that nobody answers stay this long, in case they are asked for again.
  private static final Duration UNANSWERED_LIFE = Duration.ofDays(2);

  /// The most that a session's beginning and padding add to a content.
  private static final int SESSION_OVERHEAD = 2_000;

  private final Core core;

  Outbox(Core core) {
    this.core = core;
  }

  /// A piece as it was handed to a carrier.
  record Offered(long letter, long n, EnvelopeId id) {
    @Override
    public String toString() {
      return "Offered[redacted]";
    }
  }

  /// Writes a letter with a new message id.
  void add(Step step, Peer peer, Purpose purpose, Content.Builder body) {
    add(step, peer, purpose, core.newMessageId(), body, null);
  }

  /// Writes a letter.
  ///
  /// @param body the content without addresses, which are filled in
  /// @param lane the lane it must use; null: the one in use
  void add(
      Step step,
      Peer peer,
      Purpose purpose,
      MessageId message,
      Content.Builder body,
      @Nullable Long lane) {
    Own own = core.own();
    var conversation = own.with(peer.address().account());
    if (body.getSentAt() == 0) {
      body.setSentAt(core.now().toEpochMilli());
    }
    Content content =
        body.setSenderAccount(Contents.theirs(own.account().bytes()))
            .setSenderDevice(own.address().device().number())
            .setRecipientAccount(Contents.theirs(peer.address().account().bytes()))
            .setRecipientDevice(peer.address().device().number())
            .setConversation(Contents.theirs(conversation.bytes()))
            .setMessageId(Contents.theirs(message.bytes()))
            .build();
    add(step, peer, purpose, message, ByteString.copyOf(content.toByteArray()), lane);
  }

  /// Writes a retry request, which travels without a session.
  void addRetry(Step step, Peer peer, ByteString request) {
    add(step, peer, Purpose.RETRY, core.newMessageId(), request, null);
  }

  private void add(
      Step step,
      Peer peer,
      Purpose purpose,
      MessageId message,
      ByteString content,
      @Nullable Long lane) {
    var conversation = core.own().with(peer.address().account());
    step.tables().outbox().add(peer.id(), purpose, message, conversation, content, now(), lane);
    if (!core.nodes.isConnected()) {
      step.changedStatus();
    }
    encrypt(step, peer.id());
  }

  /// Encrypts what waits for a device, as far as its lane has room.
  void encrypt(Step step, long peerId) {
    List<Out> waiting = step.tables().outbox().waiting(peerId, SendingLane.MAX_AHEAD);
    if (!waiting.isEmpty()) {
      Peer peer = step.tables().peers().find(peerId).orElseThrow();
      if (!encrypt(step, peer, waiting) && core.repair.askForSession(step, peer)) {
        encrypt(step, peerId);
      }
    }
    step.afterwards(() -> core.dispatch.pump(peerId));
  }

  /// @return false if letters are left because there is no session
  private boolean encrypt(Step step, Peer peer, List<Out> waiting) {
    boolean hasSession = core.own().sessions().hasSession(step.state(), peer.address());
    boolean allHadSession = true;
    for (Out letter : waiting) {
      Long lane = letter.lane() != null ? letter.lane() : peer.lane();
      if (lane == null || !hasRoom(step, lane, letter)) {
        break;
      }
      if (letter.purpose() == Purpose.RETRY) {
        wrap(step, peer, letter, lane, new Letter(Letter.Kind.RETRY, letter.content()));
      } else if (hasSession) {
        wrap(step, peer, letter, lane, sealed(step, peer, letter));
      } else {
        allHadSession = false;
      }
    }
    return allHadSession;
  }

  /// A writer stays within 32 numbers of the lowest not accepted; the reader's window is twice as
  /// wide, so that it is never overrun.
  private static boolean hasRoom(Step step, long lane, Out letter) {
    long next = step.tables().lanes().sending(lane).next();
    long lowest = step.tables().outbox().lowestUnaccepted(lane).orElse(next);
    int overhead = letter.purpose() == Purpose.RETRY ? 0 : SESSION_OVERHEAD;
    int pieces = Math.ceilDiv(letter.content().size() + overhead, Piece.MAX_SIZE);
    return next + Math.min(pieces, Piece.MAX_COUNT) - lowest <= SendingLane.MAX_AHEAD;
  }

  private Letter sealed(Step step, Peer peer, Out letter) {
    try {
      Content.Builder content = Content.parseFrom(letter.content().toByteArray()).toBuilder();
      core.lanes.highestSeen(step, peer.id()).ifPresent(content::setHighestSeen);
      return core.own()
          .sessions()
          .encrypt(step.state(), peer.address(), content.build().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored content cannot be read", e);
    } catch (CryptoException e) {
      throw new IllegalStateException("a session that may send could not", e);
    }
  }

  private void wrap(Step step, Peer peer, Out letter, long laneId, Letter sealed) {
    SendingLane lane = step.tables().lanes().sending(laneId);
    long first = lane.next();
    Route route = core.ways.wrapping(step, peer);
    for (Piece piece : Envelopes.split(sealed)) {
      SendingLane.Taken taken = lane.take();
      lane = taken.lane();
      step.tables().outbox().addPiece(envelope(letter.id(), laneId, taken.keys(), piece, route));
    }
    step.tables().lanes().putSending(laneId, lane);
    step.tables().outbox().wrapped(letter.id(), laneId, first, sealed);
  }

  private OutboxTable.Piece envelope(
      long letter, long lane, LaneKeys keys, Piece piece, Route route) {
    MailboxTarget target = route.target();
    Day day = core.clockwork.today(target.place());
    EnvelopeKeys today = keys.at(target.key(), day, route.way());
    return new OutboxTable.Piece(
        letter,
        lane,
        keys,
        day,
        target.key(),
        route.way(),
        today.id(),
        Envelopes.seal(today, piece),
        Instant.EPOCH);
  }

  /// A piece as it would go by another way. Nothing is written down of it.
  Optional<Deposit> copy(Step step, OutboxTable.Piece piece, Route route) {
    Letter letter =
        step.tables().outbox().find(piece.letter()).map(OutboxTable.Out::letter).orElse(null);
    if (letter == null) {
      return Optional.empty();
    }
    long first = step.tables().outbox().pieces(piece.letter()).getFirst().keys().n();
    Piece content = Envelopes.split(letter).get((int) (piece.keys().n() - first));
    MailboxTarget target = route.target();
    Day day = core.clockwork.today(target.place());
    EnvelopeKeys keys = piece.keys().at(target.key(), day, route.way());
    return Optional.of(new Deposit(target, day, keys.id(), Envelopes.seal(keys, content)));
  }

  /// Whether a piece is wrapped for the mailbox and day that it would go to now, and the way.
  boolean isCurrent(OutboxTable.Piece piece, Route route) {
    return piece.reader().equals(route.target().key())
        && piece.way() == route.way()
        && piece.day().equals(core.clockwork.today(route.target().place()));
  }

  /// Wraps anew what no node has yet and what was wrapped for another day, mailbox or way.
  void rewrapStale(Step step, long peerId) {
    Peer peer = step.tables().peers().find(peerId).orElseThrow();
    for (Out letter : step.tables().outbox().wrapped(peerId)) {
      rewrap(step, peer, letter, _ -> false);
    }
    step.afterwards(() -> core.dispatch.pump(peerId));
  }

  /// Wraps anew what went, or is to go, to mailboxes where a device lives no more, and that no
  /// receipt has answered.
  void retarget(Step step, long peerId) {
    Peer peer = step.tables().peers().find(peerId).orElseThrow();
    Set<MailboxKey> there =
        peer.targets().stream().map(MailboxTarget::key).collect(Collectors.toSet());
    for (Out letter : step.tables().outbox().wrapped(peerId)) {
      rewrap(step, peer, letter, piece -> !there.contains(piece.reader()));
    }
    step.afterwards(() -> core.dispatch.pump(peerId));
  }

  /// @param also which pieces to wrap anew even if a node has them
  private void rewrap(Step step, Peer peer, Out letter, Predicate<OutboxTable.Piece> also) {
    Letter sealed = letter.letter();
    if (sealed == null) {
      return;
    }
    Route route = core.ways.wrapping(step, peer);
    List<Piece> split = Envelopes.split(sealed);
    List<OutboxTable.Piece> pieces = step.tables().outbox().pieces(letter.id());
    for (int i = 0; i < pieces.size(); i++) {
      OutboxTable.Piece old = pieces.get(i);
      boolean open = old.envelope() != null && !isCurrent(old, route);
      if (open || also.test(old)) {
        step.tables()
            .outbox()
            .putPiece(envelope(letter.id(), old.lane(), old.keys(), split.get(i), route));
      }
    }
  }

  /// A node has these pieces on disk.
  void accepted(Step step, long peerId, List<Offered> offered) {
    Set<Long> letters = new LinkedHashSet<>();
    for (Offered one : offered) {
      if (step.tables().outbox().placed(one.letter(), one.n(), one.id())) {
        letters.add(one.letter());
      }
    }
    for (long letter : letters) {
      if (step.tables().outbox().allPlaced(letter)) {
        step.tables().outbox().find(letter).ifPresent(out -> acceptedWhole(step, out));
      }
    }
    encrypt(step, peerId);
    core.views.tellNothingWaits(step);
  }

  private void acceptedWhole(Step step, Out letter) {
    if (letter.state() == State.WRAPPED) {
      step.tables().outbox().putAccepted(letter.id(), now());
    }
    switch (letter.purpose()) {
      case RECEIPT, RETRY -> step.tables().outbox().forgetBytes(letter.id());
      case TYPING -> step.tables().outbox().remove(letter.id());
      case TEXT -> core.conversations.sent(step, letter);
      case HELLO, OTHER -> {}
    }
  }

  /// The device has the letter.
  void receipted(Step step, long peer, MessageId message) {
    step.tables()
        .outbox()
        .to(peer, message)
        .ifPresent(out -> step.tables().outbox().remove(out.id()));
  }

  /// The node will never take this letter: the person has to decide.
  void refused(Step step, long letterId) {
    step.tables()
        .outbox()
        .find(letterId)
        .ifPresent(letter -> fail(step, letter, ProblemKind.LETTER_REFUSED));
  }

  private void fail(Step step, Out letter, ProblemKind why) {
    if (letter.purpose() == Purpose.TEXT && core.conversations.failed(step, letter, why)) {
      step.tables().outbox().putState(letter.id(), State.FAILED);
    } else {
      step.tables().outbox().remove(letter.id());
    }
  }

  /// Sends a failed letter again: the same bytes under the same numbers, wrapped for today.
  void retry(Step step, Out letter) {
    Peer peer = step.tables().peers().find(letter.peer()).orElseThrow();
    boolean accepted = letter.acceptedAt() != null;
    step.tables().outbox().restart(letter.id(), now(), accepted);
    rewrap(step, peer, letter, _ -> true);
    encrypt(step, peer.id());
  }

  /// Encrypts a letter once more, in the session there is now.
  void again(Step step, Out letter) {
    step.tables().outbox().unwrap(letter.id());
    encrypt(step, letter.peer());
  }

  private Instant now() {
    return core.now();
  }

  /// To be done every day: wraps anew what stays without receipt, and gives up what is too old.
  void maintain(Step step) {
    Instant now = now();
    for (Out old : step.tables().outbox().createdBefore(now.minus(EXPIRY))) {
      fail(step, old, ProblemKind.LETTER_EXPIRED);
    }
    for (Out letter : step.tables().outbox().accepted()) {
      maintain(step, letter, Duration.between(letter.acceptedAt(), now));
    }
  }

  private void maintain(Step step, Out letter, Duration sinceAccepted) {
    boolean unanswered = letter.purpose() == Purpose.RECEIPT || letter.purpose() == Purpose.RETRY;
    if (unanswered) {
      if (sinceAccepted.compareTo(UNANSWERED_LIFE) > 0) {
        step.tables().outbox().remove(letter.id());
      }
      return;
    }
    int due = (int) REWRAP_DAYS.stream().filter(days -> sinceAccepted.toDays() >= days).count();
    if (due > letter.rewraps()) {
      Peer peer = step.tables().peers().find(letter.peer()).orElseThrow();
      step.tables().outbox().putRewraps(letter.id(), due);
      rewrap(step, peer, letter, _ -> true);
      step.afterwards(() -> core.dispatch.pump(peer.id()));
    }
  }
}
