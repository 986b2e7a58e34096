package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.swarm.DayDigest;
import im.waxwing.protocol.swarm.EntryPage;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.NamePage;
import im.waxwing.protocol.swarm.PeerRequest;
import im.waxwing.protocol.swarm.Receipt;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// This node as a member of the swarms that a network's consensus puts it into: coordinates what
/// apps ask of it, does its part of what other members coordinate, and tells them what it keeps
/// (swarm.md §4). Safe for many threads.
final class Swarm implements AutoCloseable {
  /// Questions of other nodes that may wait.
  static final int MOST_WAITING = 2_048;

  private static final Logger LOG = System.getLogger(Swarm.class.getName());

  private final Office office;
  private final SecretBytes nodeSeed;
  private final SwarmPlacement placement;
  private final SwarmPeers peers;
  private final SwarmReader reader;
  private final SwarmMember member;
  private final Hints hints = new Hints();
  private final ThreadPoolExecutor clerks;

  Swarm(
      Office office,
      SecretBytes nodeSeed,
      SwarmPlacement placement,
      SwarmPeers peers,
      SwarmReader reader) {
    this.office = office;
    this.nodeSeed = nodeSeed;
    this.placement = placement;
    this.peers = peers;
    this.reader = reader;
    this.member = new SwarmMember(office, placement, reader);
    int threads = Runtime.getRuntime().availableProcessors();
    this.clerks =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> Thread.ofPlatform().daemon().name("waxwing-swarm").unstarted(work));
  }

  SwarmMember member() {
    return member;
  }

  SwarmReader reader() {
    return reader;
  }

  SwarmPeers peers() {
    return peers;
  }

  SwarmPlacement placement() {
    return placement;
  }

  Hints hints() {
    return hints;
  }

  /// Whom requests about a swarm's mailbox are signed for.
  ByteString network() {
    return placement.network();
  }

  /// Takes a request if it is one to a swarm, and sees to its answer. False: it is none.
  boolean takes(Request request, Coordination.Answering answering) {
    try {
      if (!isForTheNetwork(request)) {
        return false;
      }
    } catch (SQLException e) {
      failed(e);
      answering.answer(AnswerCode.BUSY, ByteString.EMPTY);
      return true;
    }
    run(() -> coordinate(request, answering), () -> busy(answering));
    return true;
  }

  private boolean isForTheNetwork(Request request) throws SQLException {
    return switch (request) {
      case Request.Open open -> open.isSignedBy(open.owner(), placement.network());
      case Request.PutDrawer put -> put.isSignedBy(put.owner(), placement.network());
      case Request.Deposit deposit -> isKnown(deposit.mailbox().bytes());
      case Request.Delete delete -> isKnown(delete.mailbox().bytes());
      case Request.TakeDrawer take -> isKnown(take.handle().bytes());
      case Request.RemoveDrawer remove -> isKnown(remove.handle().bytes());
      case Request.Subscribe _, Request.Fetch _, Request.Unsubscribe _, Request.Reach _ -> false;
    };
  }

  private boolean isKnown(ByteString name) throws SQLException {
    return reader.find(name).isPresent();
  }

  private interface Errand {
    void run() throws SQLException;
  }

  private void run(Errand errand, Runnable tooMuch) {
    try {
      clerks.execute(
          () -> {
            try {
              errand.run();
            } catch (SQLException e) {
              failed(e);
              tooMuch.run();
            }
          });
    } catch (RejectedExecutionException _) {
      tooMuch.run();
    }
  }

  private void failed(SQLException e) {
    if (!clerks.isShutdown()) {
      LOG.log(Level.ERROR, "the store cannot be read; check the disk of the data folder", e);
    }
  }

  private void busy(Coordination.Answering answering) {
    office.counters().busy.increment();
    answering.answer(AnswerCode.BUSY, ByteString.EMPTY);
  }

  private void coordinate(Request request, Coordination.Answering answering) throws SQLException {
    Optional<SwarmMember.Place> found = member.place(request);
    if (found.isEmpty()) {
      answering.answer(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
      return;
    }
    SwarmMember.Place place = found.get();
    AnswerCode code = member.check(request, place, SwarmMember.Bringer.DEVICE);
    if (code != AnswerCode.OK) {
      answering.answer(code, ByteString.EMPTY);
      return;
    }
    List<NodeKey> members = placement.members(place.name(), place.day());
    Coordination coordination =
        new Coordination(request, members.size(), placement.quorum(), answering);
    for (NodeKey other : members) {
      if (!other.equals(office.node())) {
        pass(request, place, other, coordination);
      }
    }
    member.carryOut(
        request, place, (own, body) -> signLater(request, place, own, body, coordination));
  }

  /// Signs away from the committer's thread.
  private void signLater(
      Request request,
      SwarmMember.Place place,
      AnswerCode code,
      ByteString body,
      Coordination coordination) {
    if (code == AnswerCode.OK && request instanceof Request.Deposit deposit) {
      run(
          () -> coordination.kept(member.kept(deposit, place.day()).receipt(nodeSeed)),
          () -> coordination.heard(AnswerCode.BUSY, ByteString.EMPTY));
    } else {
      coordination.heard(code, body);
    }
  }

  private void pass(
      Request request, SwarmMember.Place place, NodeKey to, Coordination coordination) {
    peers.ask(
        to,
        new PeerRequest.Replicate(request),
        new SwarmPeers.Hearing() {
          @Override
          public void answered(AnswerCode code, ByteString body) {
            run(() -> hear(request, place, to, coordination, code, body), this::unanswered);
          }

          @Override
          public void unanswered() {
            later(request, place, to);
            coordination.heard(AnswerCode.BUSY, ByteString.EMPTY);
          }
        });
  }

  private void hear(
      Request request,
      SwarmMember.Place place,
      NodeKey from,
      Coordination coordination,
      AnswerCode code,
      ByteString body) {
    switch (code) {
      case OK -> good(request, place, from, coordination, body);
      case BUSY, FULL -> {
        later(request, place, from);
        coordination.heard(AnswerCode.BUSY, ByteString.EMPTY);
      }
      case UNKNOWN_MAILBOX -> {
        later(request, place, from);
        handOff(from);
        coordination.heard(AnswerCode.BUSY, ByteString.EMPTY);
      }
      default -> coordination.heard(code, ByteString.EMPTY);
    }
  }

  /// A member's receipt is checked here, too: a false one must not spoil the answer.
  private void good(
      Request request,
      SwarmMember.Place place,
      NodeKey from,
      Coordination coordination,
      ByteString body) {
    if (!(request instanceof Request.Deposit deposit)) {
      coordination.heard(AnswerCode.OK, body);
      return;
    }
    Optional<Receipt> receipt = receipt(deposit, place, from, body);
    if (receipt.isPresent()) {
      coordination.kept(receipt.get());
    } else {
      office.counters().malformed.increment();
      coordination.heard(AnswerCode.BUSY, ByteString.EMPTY);
    }
  }

  private Optional<Receipt> receipt(
      Request.Deposit deposit, SwarmMember.Place place, NodeKey from, ByteString body) {
    if (body.size() != Signature.SIZE) {
      return Optional.empty();
    }
    Receipt receipt = new Receipt(from, new Signature(body));
    Kept kept = member.kept(deposit, place.day());
    return kept.isConfirmedBy(receipt) ? Optional.of(receipt) : Optional.empty();
  }

  /// A nonce is worth nothing later: another may have been first.
  private void later(Request request, SwarmMember.Place place, NodeKey to) {
    if (!(request instanceof Request.TakeDrawer)) {
      hints.add(to, request, place, office.clock().instant());
    }
  }

  /// Hands members what they did not take before. Called every few seconds.
  void handOff() {
    hints.members().forEach(this::handOff);
  }

  private void handOff(NodeKey to) {
    hints.take(to, office.clock().instant()).ifPresent(hint -> handOff(to, hint));
  }

  private void handOff(NodeKey to, Hints.Hint hint) {
    peers.ask(
        to,
        new PeerRequest.Replicate(hint.request()),
        new SwarmPeers.Hearing() {
          @Override
          public void answered(AnswerCode code, ByteString body) {
            switch (code) {
              case UNKNOWN_MAILBOX -> run(() -> introduce(to, hint), () -> {});
              case BUSY -> hints.giveBack(to, hint);
              default -> run(() -> handOff(to), () -> {});
            }
          }

          @Override
          public void unanswered() {
            hints.giveBack(to, hint);
          }
        });
  }

  /// The member missed the opening of the mailbox, too.
  private void introduce(NodeKey to, Hints.Hint hint) throws SQLException {
    Optional<SwarmReader.Known> known = reader.find(hint.place().name());
    if (known.isEmpty() || known.get().request().equals(hint.request())) {
      return;
    }
    peers.ask(
        to,
        new PeerRequest.Replicate(known.get().request()),
        new SwarmPeers.Hearing() {
          @Override
          public void answered(AnswerCode code, ByteString body) {
            if (code == AnswerCode.OK) {
              handOff(to, hint);
            }
          }

          @Override
          public void unanswered() {
            hints.giveBack(to, hint);
          }
        });
  }

  /// Another node asks.
  void asked(NodeKey from, ByteString request, Coordination.Answering answering) {
    run(
        () -> {
          try {
            answer(from, PeerRequest.decode(request), answering);
          } catch (MalformedException _) {
            office.counters().malformed.increment();
          }
        },
        () -> busy(answering));
  }

  private void answer(NodeKey from, PeerRequest request, Coordination.Answering answering)
      throws SQLException {
    switch (request) {
      case PeerRequest.Replicate(Request original) -> replicate(from, original, answering);
      case PeerRequest.AskDay(Day day) -> {
        DayDigest digest = DayDigest.of(lines(from, day));
        answering.answer(AnswerCode.OK, digest.encode());
      }
      case PeerRequest.AskNames(Day day, int bucket, ByteString after) ->
          answering.answer(AnswerCode.OK, names(from, day, bucket, after).encode());
      case PeerRequest.AskEntries(ByteString name, EnvelopeId after) ->
          answerOr(answering, entries(from, name, after).map(EntryPage::encode));
      case PeerRequest.Pull(ByteString name, EnvelopeId id) ->
          answerOr(answering, pulled(from, name, id).map(Request::encode));
      case PeerRequest.AskWhetherKept(ByteString name, List<EnvelopeId> ids) ->
          answering.answer(
              AnswerCode.OK, ByteString.copyOf(new byte[] {(byte) (keepsAll(name, ids) ? 1 : 0)}));
    }
  }

  private static void answerOr(Coordination.Answering answering, Optional<ByteString> body) {
    answering.answer(
        body.isPresent() ? AnswerCode.OK : AnswerCode.UNKNOWN_MAILBOX,
        body.orElse(ByteString.EMPTY));
  }

  /// Only members of its swarm may bring a request, and only to members.
  private void replicate(NodeKey from, Request request, Coordination.Answering answering)
      throws SQLException {
    Optional<SwarmMember.Place> place = member.place(request);
    if (place.isEmpty()) {
      answering.answer(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
    } else if (!keepsWith(from, place.get().name(), place.get().day())) {
      answering.answer(AnswerCode.NOT_ALLOWED, ByteString.EMPTY);
    } else {
      replicate(request, place.get(), answering);
    }
  }

  private void replicate(Request request, SwarmMember.Place place, Coordination.Answering answering)
      throws SQLException {
    AnswerCode code = member.check(request, place, SwarmMember.Bringer.MEMBER);
    if (code != AnswerCode.OK) {
      answering.answer(code, ByteString.EMPTY);
      return;
    }
    member.carryOut(request, place, (done, body) -> confirm(request, place, done, body, answering));
  }

  private void confirm(
      Request request,
      SwarmMember.Place place,
      AnswerCode code,
      ByteString body,
      Coordination.Answering answering) {
    if (code == AnswerCode.OK && request instanceof Request.Deposit deposit) {
      run(
          () -> {
            Receipt receipt = member.kept(deposit, place.day()).receipt(nodeSeed);
            answering.answer(AnswerCode.OK, receipt.signature().bytes());
          },
          () -> busy(answering));
    } else {
      answering.answer(code, body);
    }
  }

  /// Nobody learns of what he should not keep himself.
  private boolean keepsWith(NodeKey from, ByteString name, Day day) {
    return placement.members(name, day).contains(from);
  }

  /// What this node keeps of a day that another should keep, too.
  List<NamePage.Line> lines(NodeKey with, Day day) throws SQLException {
    return reader.lines(day, name -> keepsWith(with, name, day));
  }

  private NamePage names(NodeKey from, Day day, int bucket, ByteString after) throws SQLException {
    List<NamePage.Line> behind =
        reader.lines(
            day,
            name ->
                DayDigest.bucket(name) == bucket
                    && name.compareTo(after) > 0
                    && keepsWith(from, name, day));
    return new NamePage(
        behind.stream().limit(NamePage.MOST).toList(), behind.size() > NamePage.MOST);
  }

  private Optional<EntryPage> entries(NodeKey from, ByteString name, EnvelopeId after)
      throws SQLException {
    Optional<Mailbox> mailbox = mailboxFor(from, name);
    if (mailbox.isEmpty()) {
      return Optional.empty();
    }
    List<EntryPage.Entry> entries = reader.entries(mailbox.get(), after, EntryPage.MOST + 1);
    return Optional.of(
        new EntryPage(
            entries.stream().limit(EntryPage.MOST).toList(), entries.size() > EntryPage.MOST));
  }

  private Optional<Mailbox> mailboxFor(NodeKey from, ByteString name) throws SQLException {
    return reader
        .mailbox(name)
        .filter(mailbox -> mailbox.ofSwarm() && keepsWith(from, name, mailbox.day()));
  }

  private Optional<Request> pulled(NodeKey from, ByteString name, EnvelopeId id)
      throws SQLException {
    if (id.equals(PeerRequest.Pull.ITSELF)) {
      return reader
          .find(name)
          .filter(known -> keepsWith(from, name, known.day()))
          .map(SwarmReader.Known::request);
    }
    Optional<Mailbox> mailbox = mailboxFor(from, name);
    return mailbox.isEmpty() ? Optional.empty() : reader.original(mailbox.get(), id);
  }

  private boolean keepsAll(ByteString name, List<EnvelopeId> ids) throws SQLException {
    Optional<SwarmReader.Known> known = reader.find(name);
    if (known.isEmpty()) {
      return false;
    }
    Optional<Mailbox> mailbox = reader.mailbox(name);
    for (EnvelopeId id : ids) {
      if (!id.equals(PeerRequest.Pull.ITSELF)
          && (mailbox.isEmpty() || reader.entry(mailbox.get(), id).isEmpty())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    clerks.shutdownNow();
    try {
      reader.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a connection to the store did not close", e);
    }
  }
}
