package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import im.waxwing.protocol.VerifyingKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a simulated node has on disk: mailboxes and drawers, and the rules of node.md §5 by which
/// requests change them, or those of swarm.md §2 for a member of a network. Iteration follows the
/// order of arrival, never that of random names.
final class Shelf {
  private static final int MOST_HELD = 5_000;
  private static final int DAYS_KEPT = 30;
  private static final int DAYS_AHEAD = 31;

  private final ByteString place;
  private final Optional<AdmissionToken> token;
  private final Map<MailboxId, Mailbox> mailboxes = new LinkedHashMap<>();
  private final Map<DrawerHandle, Drawer> drawers = new LinkedHashMap<>();
  private final Set<DrawerHandle> emptied = new HashSet<>();

  /// What became of a request: the code and the body of its answer.
  record Outcome(AnswerCode code, ByteString body) {
    static Outcome of(AnswerCode code) {
      return new Outcome(code, ByteString.EMPTY);
    }
  }

  private static final class Mailbox {
    final Day day;
    final VerifyingKey owner;
    final VerifyingKey depositor;
    final Map<EnvelopeId, Held> held = new LinkedHashMap<>();
    final Set<EnvelopeId> deleted = new HashSet<>();
    long lastSequence;

    private final Request.Open opening;

    Mailbox(Request.Open request) {
      this.opening = request;
      this.day = request.day();
      this.owner = request.owner();
      this.depositor = request.depositor();
    }

    Request.Open opening() {
      return opening;
    }

    Mailbox(Mailbox original) {
      this(original.opening);
      this.lastSequence = original.lastSequence;
      held.putAll(original.held);
      deleted.addAll(original.deleted);
    }
  }

  private record Drawer(
      VerifyingKey owner, SealedObject object, Day lastDay, Optional<ByteString> taker) {}

  private Shelf(ByteString place, Optional<AdmissionToken> token) {
    this.place = place;
    this.token = token;
  }

  static Shelf ofNode(NodeKey node, AdmissionToken token) {
    return new Shelf(node.bytes(), Optional.of(token));
  }

  /// Of one that keeps things together with others, who admits everybody.
  static Shelf ofMember(NetworkId network) {
    return new Shelf(network.bytes(), Optional.empty());
  }

  private boolean isMembers() {
    return token.isEmpty();
  }

  /// The same things on another shelf.
  Shelf copy() {
    Shelf copy = new Shelf(place, token);
    mailboxes.forEach((id, mailbox) -> copy.mailboxes.put(id, new Mailbox(mailbox)));
    copy.drawers.putAll(drawers);
    copy.emptied.addAll(emptied);
    return copy;
  }

  /// Carries out a request that the node received on `today`.
  Outcome carryOut(Request request, Day today, boolean hasRoom) {
    return switch (request) {
      case Request.Open open -> open(open, today, hasRoom);
      case Request.Deposit deposit -> deposit(deposit, today, hasRoom);
      case Request.Subscribe subscribe ->
          Outcome.of(mayRead(subscribe, subscribe.mailbox(), today));
      case Request.Fetch fetch -> fetch(fetch, today);
      case Request.Delete delete -> delete(delete, today);
      case Request.PutDrawer put -> put(put, today, hasRoom);
      case Request.TakeDrawer take -> take(take);
      case Request.RemoveDrawer remove -> remove(remove);
      case Request.Unsubscribe _ -> Outcome.of(AnswerCode.OK);
      case Request.Reach _ -> Outcome.of(AnswerCode.UNREACHABLE_NODE);
    };
  }

  private Outcome open(Request.Open open, Day today, boolean hasRoom) {
    if (!isAdmitted(open.token())) {
      return Outcome.of(AnswerCode.NOT_ADMITTED);
    }
    if (!open.isSignedBy(open.owner(), place)) {
      return Outcome.of(AnswerCode.BAD_SIGNATURE);
    }
    if (!isWithin(open.day(), today, 1, DAYS_AHEAD)) {
      return Outcome.of(AnswerCode.WRONG_DAY);
    }
    if (!hasRoom && !mailboxes.containsKey(open.mailbox())) {
      return Outcome.of(AnswerCode.FULL);
    }
    mailboxes.putIfAbsent(open.mailbox(), new Mailbox(open));
    return Outcome.of(AnswerCode.OK);
  }

  private Outcome deposit(Request.Deposit deposit, Day today, boolean hasRoom) {
    Mailbox mailbox = mailboxes.get(deposit.mailbox());
    if (mailbox == null) {
      return Outcome.of(AnswerCode.UNKNOWN_MAILBOX);
    }
    if (!deposit.isSignedBy(mailbox.depositor, place)) {
      return Outcome.of(AnswerCode.BAD_SIGNATURE);
    }
    if (!isWithin(mailbox.day, today, 1, 1)) {
      return Outcome.of(AnswerCode.WRONG_DAY);
    }
    if (mailbox.deleted.contains(deposit.id())) {
      return Outcome.of(AnswerCode.OK);
    }
    Held before = mailbox.held.get(deposit.id());
    if (before != null) {
      boolean same = before.envelope().equals(deposit.envelope());
      return Outcome.of(same ? AnswerCode.OK : AnswerCode.CONFLICT);
    }
    if (!hasRoom || mailbox.held.size() >= MOST_HELD) {
      return Outcome.of(AnswerCode.FULL);
    }
    Held held = new Held(++mailbox.lastSequence, deposit.id(), deposit.envelope());
    mailbox.held.put(deposit.id(), held);
    return Outcome.of(AnswerCode.OK);
  }

  private Outcome fetch(Request.Fetch fetch, Day today) {
    AnswerCode code = mayRead(fetch, fetch.mailbox(), today);
    if (code != AnswerCode.OK) {
      return Outcome.of(code);
    }
    List<Held> next = behind(fetch.mailbox(), fetch.after()).limit(2).toList();
    FetchedPage page =
        new FetchedPage(next.isEmpty() ? List.of() : next.subList(0, 1), next.size() > 1);
    return new Outcome(AnswerCode.OK, page.encode());
  }

  private Outcome delete(Request.Delete delete, Day today) {
    AnswerCode code = mayRead(delete, delete.mailbox(), today);
    Mailbox mailbox = mailboxes.get(delete.mailbox());
    if (code == AnswerCode.OK && mailbox != null) {
      delete.ids().forEach(mailbox.held::remove);
      if (isMembers()) {
        mailbox.deleted.addAll(delete.ids());
      }
    }
    return Outcome.of(code);
  }

  private AnswerCode mayRead(Request.Signed request, MailboxId id, Day today) {
    Mailbox mailbox = mailboxes.get(id);
    if (mailbox == null) {
      return AnswerCode.UNKNOWN_MAILBOX;
    }
    if (!request.isSignedBy(mailbox.owner, place)) {
      return AnswerCode.BAD_SIGNATURE;
    }
    return isWithin(mailbox.day, today, DAYS_KEPT, DAYS_AHEAD)
        ? AnswerCode.OK
        : AnswerCode.WRONG_DAY;
  }

  private Outcome put(Request.PutDrawer put, Day today, boolean hasRoom) {
    if (!isAdmitted(put.token())) {
      return Outcome.of(AnswerCode.NOT_ADMITTED);
    }
    if (!put.isSignedBy(put.owner(), place)) {
      return Outcome.of(AnswerCode.BAD_SIGNATURE);
    }
    if (today.since(put.lastDay()) > 1) {
      return Outcome.of(AnswerCode.WRONG_DAY);
    }
    Drawer before = drawers.get(put.handle());
    if (before != null && !before.owner().equals(put.owner())) {
      return Outcome.of(AnswerCode.CONFLICT);
    }
    boolean replaces = before != null && !before.object().equals(put.object());
    if (isMembers() && (replaces || emptied.contains(put.handle()))) {
      return Outcome.of(AnswerCode.CONFLICT);
    }
    if (!hasRoom) {
      return Outcome.of(AnswerCode.FULL);
    }
    Optional<ByteString> taker = before == null ? Optional.empty() : before.taker();
    drawers.put(put.handle(), new Drawer(put.owner(), put.object(), put.lastDay(), taker));
    return Outcome.of(AnswerCode.OK);
  }

  private Outcome take(Request.TakeDrawer take) {
    Drawer drawer = drawers.get(take.handle());
    if (drawer == null) {
      return Outcome.of(AnswerCode.UNKNOWN_DRAWER);
    }
    if (!drawer.taker().orElse(take.nonce()).equals(take.nonce())) {
      return Outcome.of(AnswerCode.TAKEN);
    }
    Drawer bound =
        new Drawer(drawer.owner(), drawer.object(), drawer.lastDay(), Optional.of(take.nonce()));
    drawers.put(take.handle(), bound);
    return new Outcome(AnswerCode.OK, drawer.object().bytes());
  }

  private Outcome remove(Request.RemoveDrawer remove) {
    Drawer drawer = drawers.get(remove.handle());
    if (drawer == null) {
      return Outcome.of(AnswerCode.UNKNOWN_DRAWER);
    }
    if (!remove.isSignedBy(drawer.owner(), place)) {
      return Outcome.of(AnswerCode.BAD_SIGNATURE);
    }
    drawers.remove(remove.handle());
    emptied.add(remove.handle());
    return Outcome.of(AnswerCode.OK);
  }

  private boolean isAdmitted(AdmissionToken other) {
    return token.isEmpty() || token.get().equals(other);
  }

  /// Takes over what another member has and this one has missed.
  void catchUp(Shelf other) {
    other.mailboxes.forEach(this::catchUp);
    emptied.addAll(other.emptied);
    emptied.forEach(drawers::remove);
    other.drawers.forEach(
        (handle, theirs) -> {
          Drawer ours = drawers.get(handle);
          boolean gone = emptied.contains(handle) || other.emptied.contains(handle);
          if (!gone && (ours == null || ours.taker().isEmpty())) {
            drawers.put(handle, theirs);
          }
        });
  }

  private void catchUp(MailboxId id, Mailbox theirs) {
    Mailbox ours = mailboxes.computeIfAbsent(id, _ -> new Mailbox(theirs.opening()));
    ours.deleted.addAll(theirs.deleted);
    ours.deleted.forEach(ours.held::remove);
    for (Held held : theirs.held.values()) {
      if (!ours.deleted.contains(held.id()) && !ours.held.containsKey(held.id())) {
        ours.held.put(held.id(), new Held(++ours.lastSequence, held.id(), held.envelope()));
      }
    }
  }

  /// Takes over that a mailbox is open.
  void learn(MailboxId id, Shelf other) {
    Mailbox theirs = other.mailboxes.get(id);
    if (theirs != null) {
      mailboxes.computeIfAbsent(id, _ -> new Mailbox(theirs.opening()));
    }
  }

  /// What waits in a mailbox behind a sequence, in order of arrival.
  Stream<Held> behind(MailboxId id, long sequence) {
    Mailbox mailbox = mailboxes.get(id);
    return mailbox == null
        ? Stream.empty()
        : mailbox.held.values().stream().filter(held -> held.sequence() > sequence);
  }

  /// Drops what has expired.
  void forgetBefore(Day today) {
    mailboxes.values().removeIf(mailbox -> today.since(mailbox.day) > DAYS_KEPT);
    drawers.values().removeIf(drawer -> today.since(drawer.lastDay()) > 1);
  }

  /// How many envelopes wait in all mailboxes.
  int envelopes() {
    return mailboxes.values().stream().mapToInt(mailbox -> mailbox.held.size()).sum();
  }

  private static boolean isWithin(Day day, Day today, int back, int ahead) {
    long distance = day.since(today);
    return distance >= -back && distance <= ahead;
  }
}
