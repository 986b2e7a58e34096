package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One person's way to a [MemoryNode]: every answer takes ten milliseconds, and the way can be cut.
final class MemoryCarrier implements Carrier {
  private static final Duration WAY = Duration.ofMillis(5);

  private final Hours hours;
  private final MemoryNode node;
  private final List<Consumer<? super Reachability>> observers = new ArrayList<>();
  private final List<Subscribed> subscriptions = new ArrayList<>();
  private boolean online;
  private boolean closed;
  private Duration clockError = Duration.ZERO;

  private final class Subscribed implements Subscription {
    final OwnMailbox mailbox;
    final Day day;
    final MailboxListener listener;
    long pushed;
    boolean over;

    Subscribed(OwnMailbox mailbox, Day day, MailboxListener listener) {
      this.mailbox = mailbox;
      this.day = day;
      this.listener = listener;
    }

    void feed() {
      if (!online || over || closed) {
        return;
      }
      if (!node.isOpen(mailbox, day)) {
        over = true;
        later(() -> listener.refused(Refusal.UNKNOWN_MAILBOX));
        return;
      }
      for (StoredEnvelope stored : node.behind(mailbox, day, pushed)) {
        pushed = stored.sequence();
        later(() -> listener.arrived(stored));
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }

  MemoryCarrier(Hours hours, MemoryNode node, boolean online) {
    this.hours = hours;
    this.node = node;
    this.online = online;
    node.watch(() -> subscriptions.forEach(Subscribed::feed));
  }

  void setClockError(Duration error) {
    clockError = error;
  }

  void setOnline(boolean now) {
    online = now;
    tellReachability();
    if (online) {
      for (Subscribed subscribed : List.copyOf(subscriptions)) {
        subscribed.pushed = 0;
        subscribed.feed();
      }
    }
  }

  void tellReachability() {
    Reachability reachability =
        online
            ? new Reachability.Reachable(node.address.node(), node.clockAhead.minus(clockError))
            : new Reachability.Lost(node.address.node(), hours.now().plusSeconds(3));
    observers.forEach(observer -> later(() -> observer.accept(reachability)));
  }

  private void later(Runnable action) {
    hours.at(
        hours.now().plus(WAY),
        () -> {
          if (!closed) {
            action.run();
          }
        });
  }

  private <T> void answer(Supplier<Answer<T>> request, Consumer<? super Answer<T>> outcome) {
    later(
        () -> {
          Answer<T> answer = online ? request.get() : new Answer.Unreachable<>();
          later(() -> outcome.accept(answer));
        });
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    later(
        () -> {
          Handoff handoff = online ? node.deposit(deposit) : new Handoff.Unreachable();
          later(() -> outcome.accept(handoff));
        });
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    answer(() -> node.open(mailbox, day, token), outcome);
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    answer(
        () ->
            node.isOpen(mailbox, day)
                ? new Answer.Given<>(
                    new Fetched(node.behind(mailbox, day, after).stream().findFirst()))
                : new Answer.Refused<Fetched>(Refusal.UNKNOWN_MAILBOX),
        outcome);
  }

  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    Subscribed subscribed = new Subscribed(mailbox, day, listener);
    subscriptions.add(subscribed);
    later(subscribed::feed);
    return subscribed;
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    answer(
        () -> {
          node.delete(mailbox, day, ids);
          return new Answer.Given<>(new Done());
        },
        outcome);
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    answer(() -> node.put(drawer), outcome);
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    answer(() -> node.take(handle, nonce), outcome);
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    answer(() -> node.remove(drawer), outcome);
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    observers.add(listener);
    tellReachability();
  }

  @Override
  public void hurry() {}

  @Override
  public void close() {
    closed = true;
    subscriptions.clear();
  }
}
