package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A node that keeps mailboxes and drawers in memory by the rules of a real one.
final class MemoryNode {
  final NodeAddress.WithAdmission address;
  private final Hours hours;
  private final Map<Place, Box> boxes = new LinkedHashMap<>();
  private final Map<DrawerHandle, Laid> drawers = new HashMap<>();
  private final List<MemoryCarrier> watchers = new ArrayList<>();
  Duration clockAhead = Duration.ZERO;
  boolean full;

  /// Whether it passes things on for the people who live here.
  boolean passesOn = true;

  private boolean down;
  private final Set<MemoryNode> refused = new HashSet<>();

  private record Place(MailboxKey key, Day day) {}

  private record Laid(Drawer drawer, Optional<ByteString> taker) {}

  private static final class Box {
    final SecretBytes depositSecret;
    final Map<EnvelopeId, StoredEnvelope> held = new LinkedHashMap<>();
    long last;

    Box(SecretBytes depositSecret) {
      this.depositSecret = depositSecret;
    }
  }

  MemoryNode(Hours hours, String host, int port) {
    this.hours = hours;
    byte[] key = new byte[NodeKey.SIZE];
    key[0] = (byte) port;
    this.address =
        new NodeAddress.WithAdmission(
            new NodeAddress(host, port, new NodeKey(ByteString.copyOf(key))),
            new AdmissionToken(SecretBytes.copyOf(new byte[AdmissionToken.SIZE])));
  }

  /// Takes the node away, or gives it back.
  void setDown(boolean now) {
    down = now;
    tellWatchers();
  }

  void tellWatchers() {
    List.copyOf(watchers).forEach(MemoryCarrier::reachabilityChanged);
  }

  boolean isDown() {
    return down;
  }

  /// Its operator does not deal with another node any more, or again.
  void refuse(MemoryNode other, boolean now) {
    if (now) {
      refused.add(other);
    } else {
      refused.remove(other);
    }
  }

  boolean refuses(MemoryNode other) {
    return refused.contains(other);
  }

  Day today() {
    return Day.of(hours.now().plus(clockAhead));
  }

  /// Loses all it has, as after a disk was replaced.
  void forgetAll() {
    boxes.clear();
    drawers.clear();
  }

  int envelopes() {
    return boxes.values().stream().mapToInt(box -> box.held.size()).sum();
  }

  /// Puts other bytes under the name of every envelope that waits.
  void garble() {
    byte[] garbage = new byte[im.waxwing.model.Envelope.SIZE];
    for (Box box : boxes.values()) {
      box.held.replaceAll(
          (id, held) ->
              new StoredEnvelope(
                  held.sequence(), id, new im.waxwing.model.Envelope(ByteString.copyOf(garbage))));
    }
  }

  /// Loses the envelopes that wait, but not the mailboxes.
  void loseEnvelopes() {
    boxes.values().forEach(box -> box.held.clear());
  }

  void watch(MemoryCarrier watcher) {
    if (!watchers.contains(watcher)) {
      watchers.add(watcher);
    }
  }

  void watchNoMore(MemoryCarrier watcher) {
    watchers.remove(watcher);
  }

  Answer<Done> open(OwnMailbox mailbox, Day day, AdmissionToken token) {
    if (!token.equals(address.token())) {
      return new Answer.Refused<>(Refusal.NOT_ADMITTED);
    }
    if (!isWithin(day, 1, 31)) {
      return new Answer.Refused<>(Refusal.WRONG_DAY);
    }
    boxes.computeIfAbsent(
        new Place(mailbox.target().key(), day), _ -> new Box(mailbox.target().depositSecret()));
    return new Answer.Given<>(new Done());
  }

  Handoff deposit(Deposit deposit) {
    Box box = boxes.get(new Place(deposit.target().key(), deposit.day()));
    if (box == null) {
      return new Handoff.Refused(Refusal.UNKNOWN_MAILBOX);
    }
    if (!box.depositSecret.equals(deposit.target().depositSecret())) {
      return new Handoff.Refused(Refusal.BAD_SIGNATURE);
    }
    if (!isWithin(deposit.day(), 1, 1)) {
      return new Handoff.Refused(Refusal.WRONG_DAY);
    }
    StoredEnvelope before = box.held.get(deposit.id());
    if (before != null) {
      return before.envelope().equals(deposit.envelope())
          ? new Handoff.Accepted()
          : new Handoff.Refused(Refusal.CONFLICT);
    }
    if (full) {
      return new Handoff.Refused(Refusal.FULL);
    }
    box.held.put(deposit.id(), new StoredEnvelope(++box.last, deposit.id(), deposit.envelope()));
    List.copyOf(watchers).forEach(MemoryCarrier::feed);
    return new Handoff.Accepted();
  }

  boolean isOpen(OwnMailbox mailbox, Day day) {
    return boxes.containsKey(new Place(mailbox.target().key(), day));
  }

  List<StoredEnvelope> behind(OwnMailbox mailbox, Day day, long sequence) {
    Box box = boxes.get(new Place(mailbox.target().key(), day));
    return box == null
        ? List.of()
        : box.held.values().stream().filter(held -> held.sequence() > sequence).toList();
  }

  void delete(OwnMailbox mailbox, Day day, List<EnvelopeId> ids) {
    Box box = boxes.get(new Place(mailbox.target().key(), day));
    if (box != null) {
      ids.forEach(box.held::remove);
    }
  }

  Answer<Done> put(Drawer drawer) {
    Laid before = drawers.get(drawer.handle());
    drawers.put(
        drawer.handle(), new Laid(drawer, before == null ? Optional.empty() : before.taker()));
    return new Answer.Given<>(new Done());
  }

  Answer<Drawer.Sealed> take(DrawerHandle handle, ByteString nonce) {
    Laid laid = drawers.get(handle);
    if (laid == null || laid.drawer().lastDay().compareTo(today()) < 0) {
      return new Answer.Refused<>(Refusal.UNKNOWN_DRAWER);
    }
    if (!laid.taker().orElse(nonce).equals(nonce)) {
      return new Answer.Refused<>(Refusal.TAKEN);
    }
    drawers.put(handle, new Laid(laid.drawer(), Optional.of(nonce)));
    return new Answer.Given<>(laid.drawer().object());
  }

  /// A dishonest node may forget who took what.
  void forgetTakers() {
    drawers.replaceAll((_, laid) -> new Laid(laid.drawer(), Optional.empty()));
  }

  Answer<Done> remove(Drawer drawer) {
    return drawers.remove(drawer.handle()) == null
        ? new Answer.Refused<>(Refusal.UNKNOWN_DRAWER)
        : new Answer.Given<>(new Done());
  }

  private boolean isWithin(Day day, long back, long ahead) {
    long distance = day.since(today());
    return distance >= -back && distance <= ahead;
  }
}
