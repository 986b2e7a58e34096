package im.waxwing.engine;

import im.waxwing.base.MalformedException;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.content.proto.Content;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.EnvelopeKeys;
import im.waxwing.crypto.Envelopes;
import im.waxwing.crypto.LaneWindow;
import im.waxwing.crypto.Letter;
import im.waxwing.crypto.Piece;
import im.waxwing.crypto.Sessions;
import im.waxwing.engine.Lanes.Found;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MessageId;
import im.waxwing.store.InboxTable.Origin;
import im.waxwing.store.InboxTable.Received;
import im.waxwing.store.InboxTable.State;
import im.waxwing.store.InboxTable.Unmatched;
import im.waxwing.store.LaneTable.Receiving;
import im.waxwing.store.PeerTable.Peer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes envelopes in: finds their lane, opens them, puts letters together and decrypts them, all
/// in one transaction, and only after its commit has the node forget them (delivery.md §4).
final class Inbox {
  private static final int MAX_UNMATCHED = 4_096;

  private final Core core;
  private boolean looking;

  Inbox(Core core) {
    this.core = core;
  }

  /// An envelope opened by its lane.
  private record Opened(long lane, long n, Piece piece) {}

  /// Takes in an envelope out of one of our mailboxes.
  void arrived(Origin origin, StoredEnvelope stored) {
    core.ledger.writeUnless(
        step -> {
          take(step, origin, stored.id(), stored.envelope(), null);
          return true;
        },
        (step, broken) -> refuse(step, origin, stored.id(), stored.envelope(), broken));
  }

  /// Looks at the unmatched envelopes again, because lanes await more than before.
  void lookAgain() {
    if (!looking) {
      looking = true;
      core.serial.execute(
          () -> {
            looking = false;
            lookThrough();
          });
    }
  }

  private void lookThrough() {
    for (Unmatched one : core.ledger.read(this::matchedNow)) {
      core.ledger
          .read(step -> step.tables().inbox().unmatched(one))
          .ifPresent(
              envelope -> arrived(one.origin(), new StoredEnvelope(1, one.envelopeId(), envelope)));
    }
  }

  private List<Unmatched> matchedNow(Step step) {
    List<Unmatched> all = step.tables().inbox().unmatched();
    return all.stream().filter(one -> match(one.origin(), one.envelopeId()).isPresent()).toList();
  }

  private Optional<Found> match(Origin origin, EnvelopeId id) {
    return core.lanes.match(origin, id);
  }

  /// The letter could not be decrypted: everything of it that was read is read again, in a
  /// transaction that asks for it anew.
  private void refuse(
      Step step, Origin origin, EnvelopeId id, Envelope envelope, CryptoException broken) {
    try {
      take(step, origin, id, envelope, broken);
    } catch (CryptoException e) {
      throw new IllegalStateException("nothing is decrypted while asking again", e);
    }
  }

  private void take(
      Step step, Origin origin, EnvelopeId id, Envelope envelope, @Nullable CryptoException broken)
      throws CryptoException {
    Optional<Found> found = match(origin, id);
    if (found.isEmpty()) {
      step.tables()
          .inbox()
          .addUnmatched(origin.mailbox().id(), origin.day(), id, envelope, MAX_UNMATCHED);
    } else {
      step.tables().inbox().removeUnmatched(id);
      long lane = found.get().lane();
      switch (found.get().match()) {
        case LaneWindow.Match.Repeat(long n) -> repeated(step, lane, n);
        case LaneWindow.Match.Fresh(EnvelopeKeys keys) -> fresh(step, lane, keys, envelope, broken);
      }
    }
    step.afterwards(() -> core.mailboxes.acknowledge(origin.mailbox().id(), origin.day(), id));
  }

  /// Came before, on another day or by another way: what was answered then is answered again.
  private void repeated(Step step, long laneId, long n) {
    Optional<Received> known = step.tables().inbox().find(laneId, n);
    Long peer = step.tables().lanes().receiving(laneId).map(Receiving::peer).orElse(null);
    if (known.isEmpty() || peer == null) {
      return;
    }
    MessageId message = known.get().message();
    if (known.get().state() == State.OPENED && message != null) {
      core.receipts.owe(step, peer, message, false);
    } else if (known.get().state() == State.FAILED) {
      core.repair.ask(step, step.tables().peers().find(peer).orElseThrow(), known.get().firstN());
    }
  }

  private void fresh(
      Step step, long lane, EnvelopeKeys keys, Envelope envelope, @Nullable CryptoException broken)
      throws CryptoException {
    Piece piece;
    try {
      piece = Envelopes.open(keys, envelope);
    } catch (MalformedException e) {
      // Somebody who saw the name put other bytes under it; the true ones come under another name.
      return;
    }
    Receiving receiving = step.tables().lanes().receiving(lane).orElseThrow();
    core.lanes.use(step, receiving, keys.n(), core.today());
    take(step, receiving, new Opened(lane, keys.n(), piece), broken);
  }

  private void take(Step step, Receiving lane, Opened opened, @Nullable CryptoException broken)
      throws CryptoException {
    Piece piece = opened.piece();
    long first = opened.n() - piece.index();
    if (first < 0) {
      return;
    }
    Instant now = core.clockwork.now();
    if (isBlocked(step, lane)) {
      step.tables().inbox().put(lane.id(), opened.n(), State.DROPPED, null, now);
      return;
    }
    step.tables().inbox().addPiece(lane.id(), opened.n(), piece);
    List<Piece> pieces = step.tables().inbox().pieces(lane.id(), first, first + piece.count());
    if (pieces.size() < piece.count()) {
      step.tables().inbox().put(lane.id(), first, State.PARTIAL, null, now);
      return;
    }
    step.tables().inbox().removePieces(lane.id(), first, first + piece.count());
    Result result;
    try {
      Letter letter = Envelopes.join(pieces);
      result =
          broken == null ? open(step, lane, letter) : failed(step, lane, first, letter, broken);
    } catch (MalformedException e) {
      // A contact's device sent what it must not: dropped, and not asked for again.
      result = Result.DROPPED;
    }
    step.tables().inbox().put(lane.id(), first, result.state(), result.message(), now);
  }

  private static boolean isBlocked(Step step, Receiving lane) {
    Long peer = lane.peer();
    return peer != null
        && step.tables()
            .peers()
            .find(peer)
            .map(writer -> step.tables().contacts().isBlocked(writer.address().account()))
            .orElse(false);
  }

  /// What became of a letter.
  private record Result(State state, @Nullable MessageId message) {
    static final Result DROPPED = new Result(State.DROPPED, null);

    static Result opened(@Nullable MessageId message) {
      return new Result(State.OPENED, message);
    }
  }

  private Result open(Step step, Receiving lane, Letter letter)
      throws CryptoException, MalformedException {
    if (letter.kind() == Letter.Kind.RETRY) {
      core.repair.asked(step, peerOf(step, lane), Contents.decodeRetry(letter.bytes()));
      return Result.opened(null);
    }
    DeviceAddress writer = writerOf(step, lane, letter);
    byte[] bytes = core.own().sessions().decrypt(step.state(), writer, letter);
    Content content = Contents.decode(bytes);
    check(content, writer);
    if (lane.first() != content.hasHello()) {
      throw new MalformedException("body", "is a Hello in a first lane and only there");
    }
    dispatch(step, lane, writer, content, letter.kind() == Letter.Kind.PREKEY);
    if (content.hasReceipt() || content.hasTyping()) {
      return Result.opened(null);
    }
    MessageId message = Contents.messageId(content);
    Peer peer = step.tables().peers().find(writer).orElseThrow();
    core.receipts.owe(step, peer.id(), message, false);
    return Result.opened(message);
  }

  /// Who wrote a letter: the lane says so; of an invitation's first letter, the letter itself.
  private DeviceAddress writerOf(Step step, Receiving lane, Letter letter)
      throws MalformedException {
    if (lane.peer() == null) {
      return Sessions.senderOf(letter);
    }
    Peer peer = peerOf(step, lane);
    if (letter.kind() == Letter.Kind.PREKEY && !Sessions.senderOf(letter).equals(peer.address())) {
      core.contacts.keyChanged(step, peer.address().account());
      throw new MalformedException("letter", "must come from the device at the lane's other end");
    }
    return peer.address();
  }

  private static Peer peerOf(Step step, Receiving lane) throws MalformedException {
    Long peer = lane.peer();
    if (peer == null) {
      throw new MalformedException("letter", "must begin a session in an invitation's lane");
    }
    return step.tables().peers().find(peer).orElseThrow();
  }

  /// What the content says of itself has to be what session and lane say.
  private void check(Content content, DeviceAddress writer) throws MalformedException {
    Own own = core.own();
    boolean fits =
        Contents.sender(content).equals(writer)
            && Contents.recipient(content).equals(own.address())
            && Contents.conversation(content).equals(own.with(writer.account()));
    if (!fits) {
      throw new MalformedException("content", "must name its session's ends and conversation");
    }
  }

  private void dispatch(
      Step step, Receiving lane, DeviceAddress writer, Content content, boolean beginsSession)
      throws MalformedException {
    if (content.hasHello()) {
      core.contacts.hello(step, lane, writer, content.getHello());
      return;
    }
    Peer peer = peerOf(step, lane);
    if (beginsSession) {
      core.repair.begun(step, peer);
    }
    if (content.hasHighestSeen()) {
      core.lanes.heardEcho(step, peer.id(), content.getHighestSeen());
    }
    switch (content.getBodyCase()) {
      case TEXT -> core.conversations.received(step, peer, content);
      case RECEIPT -> core.receipts.received(step, peer, content.getReceipt());
      case WELCOME -> core.contacts.welcome(step, peer, content.getWelcome());
      case DEVICE_CHANGE -> core.devices.changed(step, peer, content.getDeviceChange());
      case PROFILE -> core.contacts.profile(step, peer, content.getProfile());
      case SYNC -> core.conversations.synced(step, peer, content.getSync());
      case REACTION, EDIT, UNSEND, TIMER -> core.changes.received(step, peer, content);
      case TYPING -> core.presence.received(step, peer, content);
      case HELLO, BODY_NOT_SET -> {}
    }
    // A session that had to wait for the other side may write now.
    core.outbox.encrypt(step, peer.id());
  }

  private Result failed(
      Step step, Receiving lane, long first, Letter letter, CryptoException broken)
      throws MalformedException {
    Peer peer = peerOf(step, lane);
    if (broken instanceof CryptoException.UntrustedIdentity) {
      core.contacts.keyChanged(step, peer.address().account());
      return Result.DROPPED;
    }
    if (lane.first()) {
      return Result.DROPPED;
    }
    core.repair.ask(step, peer, first, letter);
    return new Result(State.FAILED, null);
  }
}
