package im.waxwing.engine;

import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Receipt;
import im.waxwing.model.MessageId;
import im.waxwing.store.InboxTable.Owed;
import im.waxwing.store.MessageTable.State;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Word to the writers that letters are on this device, or read: collected for a moment, then sent
/// together. Receipts are never answered.
final class Receipts {
  private static final String ALARM = "receipts";
  private static final int AT_ONCE = 500;

  private final Core core;

  Receipts(Core core) {
    this.core = core;
  }

  /// A device is owed word of a message.
  void owe(Step step, long peer, MessageId message, boolean read) {
    step.tables().inbox().owe(peer, message, read);
    step.afterwards(this::soon);
  }

  /// Every device of the writer is told that a message was read.
  void oweRead(Step step, List<Peer> writers, MessageId message) {
    writers.forEach(peer -> owe(step, peer.id(), message, true));
  }

  void soon() {
    core.clockwork.wakeBy(
        ALARM, core.clockwork.now().plus(core.settings.receiptDelay()), this::pay);
  }

  private void pay() {
    core.ledger.writeSurely(
        step -> {
          List<Owed> owed = step.tables().inbox().owed(AT_ONCE);
          Map<Long, List<Owed>> byPeer = new LinkedHashMap<>();
          owed.forEach(one -> byPeer.computeIfAbsent(one.peer(), _ -> new ArrayList<>()).add(one));
          byPeer.forEach((peer, all) -> pay(step, peer, all));
          if (owed.size() == AT_ONCE) {
            step.afterwards(this::soon);
          }
        });
  }

  private void pay(Step step, long peerId, List<Owed> owed) {
    Peer peer = step.tables().peers().find(peerId).orElseThrow();
    boolean blocked = step.tables().contacts().isBlocked(peer.address().account());
    for (int from = 0; !blocked && from < owed.size(); from += Contents.MAX_RECEIPTS) {
      int to = Math.min(owed.size(), from + Contents.MAX_RECEIPTS);
      send(step, peer, owed.subList(from, to));
    }
    owed.forEach(step.tables().inbox()::paid);
  }

  private void send(Step step, Peer peer, List<Owed> owed) {
    Receipt.Builder receipt = Receipt.newBuilder();
    for (Owed one : owed) {
      var id = Contents.theirs(one.message().bytes());
      if (one.read()) {
        receipt.addRead(id);
      } else {
        receipt.addDelivered(id);
      }
    }
    core.outbox.add(step, peer, Purpose.RECEIPT, Content.newBuilder().setReceipt(receipt));
  }

  /// A device tells what it has, and what was read on it.
  void received(Step step, Peer peer, Receipt receipt) throws MalformedException {
    for (MessageId id : Contents.ids(receipt.getDeliveredList())) {
      core.outbox.receipted(step, peer.id(), id);
      core.conversations.delivered(step, peer, id, State.DELIVERED);
    }
    for (MessageId id : Contents.ids(receipt.getReadList())) {
      core.outbox.receipted(step, peer.id(), id);
      core.conversations.delivered(step, peer, id, State.READ);
    }
    // Numbers that were waited for may have become free.
    core.outbox.encrypt(step, peer.id());
  }
}
