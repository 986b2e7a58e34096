package im.waxwing.carrier.contract;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A device in a test: its carrier, asked step by step, each step awaited.
public final class Device {
  public final Carrier carrier;
  private final Path path;
  private final AdmissionToken token;

  public Device(CarrierWorld world) {
    this.carrier = world.carrier();
    this.path = world.path();
    this.token = world.token();
  }

  public Handoff deposits(Deposit deposit) throws InterruptedException {
    Heard<Handoff> heard = new Heard<>();
    carrier.deposit(path, deposit, heard);
    return heard.next();
  }

  public Answer<Done> opens(OwnMailbox mailbox, Day day) throws InterruptedException {
    return opens(mailbox, day, token);
  }

  public Answer<Done> opens(OwnMailbox mailbox, Day day, AdmissionToken shown)
      throws InterruptedException {
    return ask(heard -> carrier.open(path, mailbox, day, shown, heard));
  }

  public Answer<Fetched> fetches(OwnMailbox mailbox, Day day, long after)
      throws InterruptedException {
    return ask(heard -> carrier.fetch(path, mailbox, day, after, heard));
  }

  /// Everything that the mailbox holds, in its order.
  public List<StoredEnvelope> reads(OwnMailbox mailbox, Day day) throws InterruptedException {
    List<StoredEnvelope> all = new ArrayList<>();
    long after = 0;
    while (fetches(mailbox, day, after) instanceof Answer.Given<Fetched>(Fetched(var next))
        && next.isPresent()) {
      all.add(next.get());
      after = next.get().sequence();
    }
    return all;
  }

  public Answer<Done> deletes(OwnMailbox mailbox, Day day, EnvelopeId... ids)
      throws InterruptedException {
    return ask(heard -> carrier.delete(path, mailbox, day, List.of(ids), heard));
  }

  public HeardMail subscribes(OwnMailbox mailbox, Day day) {
    HeardMail mail = new HeardMail();
    // Ends with the device's carrier.
    var _ = carrier.subscribe(path, mailbox, day, mail);
    return mail;
  }

  public Answer<Done> puts(Drawer drawer) throws InterruptedException {
    return puts(drawer, token);
  }

  public Answer<Done> puts(Drawer drawer, AdmissionToken shown) throws InterruptedException {
    return ask(heard -> carrier.putDrawer(path, drawer, shown, heard));
  }

  public Answer<Drawer.Sealed> takes(Drawer drawer, ByteString nonce) throws InterruptedException {
    return ask(heard -> carrier.takeDrawer(path, drawer.handle(), drawer.lastDay(), nonce, heard));
  }

  public Answer<Done> removes(Drawer drawer) throws InterruptedException {
    return ask(heard -> carrier.removeDrawer(path, drawer, heard));
  }

  private static <T> Answer<T> ask(Consumer<Heard<Answer<T>>> question)
      throws InterruptedException {
    Heard<Answer<T>> heard = new Heard<>();
    question.accept(heard);
    return heard.next();
  }
}
