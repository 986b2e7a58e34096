package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import java.util.List;
import java.util.function.Consumer;

/// A carrier for one thread at a time, made safe for many: each call waits for its turn.
final class TurnTakingCarrier implements Carrier {
  private final Object turn;
  private final Carrier carrier;

  TurnTakingCarrier(Object turn, Carrier carrier) {
    this.turn = turn;
    this.carrier = carrier;
  }

  @Override
  public void enters(NetworkAddress network, NetworkMemory memory) {
    synchronized (turn) {
      carrier.enters(network, memory);
    }
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    synchronized (turn) {
      carrier.deposit(path, deposit, outcome);
    }
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    synchronized (turn) {
      carrier.open(path, mailbox, day, token, outcome);
    }
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    synchronized (turn) {
      carrier.fetch(path, mailbox, day, after, outcome);
    }
  }

  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    synchronized (turn) {
      Subscription subscription = carrier.subscribe(path, mailbox, day, listener);
      return () -> {
        synchronized (turn) {
          subscription.close();
        }
      };
    }
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    synchronized (turn) {
      carrier.delete(path, mailbox, day, ids, outcome);
    }
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    synchronized (turn) {
      carrier.putDrawer(path, drawer, token, outcome);
    }
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    synchronized (turn) {
      carrier.takeDrawer(path, handle, lastDay, nonce, outcome);
    }
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    synchronized (turn) {
      carrier.removeDrawer(path, drawer, outcome);
    }
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    synchronized (turn) {
      carrier.onReachability(listener);
    }
  }

  @Override
  public void hurry() {
    synchronized (turn) {
      carrier.hurry();
    }
  }

  @Override
  public void close() {
    synchronized (turn) {
      carrier.close();
    }
  }
}
