package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A node's end of one wire, with the subscriptions made on it.
final class NodeWire implements Wire.End {
  private static final int MOST_OUTSTANDING = 64;

  private final SimulatedNode node;
  private final Wire wire;
  private final Map<Long, Subscribed> subscriptions = new LinkedHashMap<>();

  private static final class Subscribed {
    final MailboxId mailbox;
    final Set<EnvelopeId> outstanding = new LinkedHashSet<>();
    long lastPushed;
    boolean caughtUp;

    Subscribed(MailboxId mailbox) {
      this.mailbox = mailbox;
    }
  }

  NodeWire(SimulatedNode node, Wire wire) {
    this.node = node;
    this.wire = wire;
  }

  @Override
  public void received(ByteString record) {
    node.received(this, record);
  }

  @Override
  public void broken() {
    node.gone(this);
  }

  void cut() {
    wire.cut();
  }

  void send(Frame frame) {
    wire.sendToCallerInOrder(node.encoded(frame));
  }

  /// Sends what may be lost, doubled and overtaken.
  void answer(Frame frame) {
    wire.sendToCaller(node.encoded(frame));
  }

  void subscribe(long number, MailboxId mailbox) {
    subscriptions.put(number, new Subscribed(mailbox));
    feed(mailbox);
  }

  void unsubscribe(long number) {
    subscriptions.remove(number);
  }

  void deleted(MailboxId mailbox, List<EnvelopeId> ids) {
    for (Subscribed subscribed : subscriptions.values()) {
      if (subscribed.mailbox.equals(mailbox)) {
        ids.forEach(subscribed.outstanding::remove);
      }
    }
    feed(mailbox);
  }

  /// Pushes what the mailbox's subscriptions have not been sent, as far as their window allows.
  void feed(MailboxId mailbox) {
    subscriptions.forEach(
        (number, subscribed) -> {
          if (subscribed.mailbox.equals(mailbox)) {
            feed(number, subscribed);
          }
        });
  }

  private void feed(long number, Subscribed subscribed) {
    List<Held> waiting = node.shelf().behind(subscribed.mailbox, subscribed.lastPushed).toList();
    for (Held held : waiting) {
      if (subscribed.outstanding.size() == MOST_OUTSTANDING) {
        return;
      }
      subscribed.outstanding.add(held.id());
      subscribed.lastPushed = held.sequence();
      send(new Frame.Push(number, held));
    }
    if (!subscribed.caughtUp) {
      subscribed.caughtUp = true;
      send(new Frame.CaughtUp(number));
    }
  }
}
