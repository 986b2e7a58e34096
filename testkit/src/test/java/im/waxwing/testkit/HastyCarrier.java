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
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
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

/// A wrong carrier: it acknowledges an envelope as soon as it hands it to the engine, before that
/// has committed anything.
record HastyCarrier(Carrier carrier) implements Carrier {
  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    return carrier.subscribe(
        path,
        mailbox,
        day,
        new MailboxListener() {
          @Override
          public void arrived(StoredEnvelope envelope) {
            carrier.delete(path, mailbox, day, List.of(envelope.id()), _ -> {});
            listener.arrived(envelope);
          }

          @Override
          public void caughtUp() {
            listener.caughtUp();
          }

          @Override
          public void refused(Refusal reason) {
            listener.refused(reason);
          }
        });
  }

  @Override
  public void enters(NetworkAddress network, NetworkMemory memory) {
    carrier.enters(network, memory);
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    carrier.deposit(path, deposit, outcome);
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    carrier.open(path, mailbox, day, token, outcome);
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    carrier.fetch(path, mailbox, day, after, outcome);
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    carrier.delete(path, mailbox, day, ids, outcome);
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    carrier.putDrawer(path, drawer, token, outcome);
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    carrier.takeDrawer(path, handle, lastDay, nonce, outcome);
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    carrier.removeDrawer(path, drawer, outcome);
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    carrier.onReachability(listener);
  }

  @Override
  public void hurry() {
    carrier.hurry();
  }

  @Override
  public void close() {
    carrier.close();
  }

  @Override
  public String toString() {
    return "HastyCarrier";
  }
}
