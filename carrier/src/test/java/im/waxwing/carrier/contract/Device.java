package im.waxwing.carrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A device in a test: its carrier, asked step by step, each step awaited.
public final class Device {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /// Everything that the mailbox holds, in its order, each envelope once.
  public List<StoredEnvelope> reads(OwnMailbox mailbox, Day day) throws InterruptedException {
    Map<EnvelopeId, StoredEnvelope> all = new LinkedHashMap<>();
    long after = 0;
    while (fetches(mailbox, day, after) instanceof Answer.Given<Fetched>(Fetched(var next))
        && next.isPresent()) {
      StoredEnvelope envelope = next.get();
      assertThat(envelope.sequence()).isGreaterThan(after);
      all.putIfAbsent(envelope.id(), envelope);
      after = envelope.sequence();
    }
    return List.copyOf(all.values());
  }

  /// Reads until the mailbox holds exactly these: not all members of a swarm know everything at
  /// once.
  public void awaitsOnly(OwnMailbox mailbox, Day day, EnvelopeId... ids)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Set<EnvelopeId> expected = Set.of(ids);
    while (!ids(reads(mailbox, day)).equals(expected)) {
      assertThat(System.nanoTime()).as("a mailbox that holds only these").isLessThan(end);
    }
  }

  private static Set<EnvelopeId> ids(List<StoredEnvelope> envelopes) {
    return envelopes.stream().map(StoredEnvelope::id).collect(Collectors.toSet());
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
