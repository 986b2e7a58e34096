package im.waxwing.bench;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.carrier.relayed.RelayedCarrier;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.primitives.Ed25519;
import im.waxwing.scenarios.OnionNetwork;
import im.waxwing.scenarios.Programs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// How long somebody who comes back needs to read what waits in a mailbox of an onion network: from
/// the start of the carrier, which enters the network by what it kept, to the last envelope, each
/// deleted as it comes. The mailbox was filled through the network before, which is timed, too.
///
/// @param envelopes that wait
record OnionFetch(int envelopes) implements Benchmark {
  /// 50 ms each: as fast as its letters are to come one by one.
  private static final double LIMIT_SECONDS_EACH = 0.05;

  private static final int DEPOSITS_UNDER_WAY = 16;
  private static final int TRIES = 60;
  private static final long PATIENCE_SECONDS = 180;

  @Override
  public String name() {
    return "onion.fetch";
  }

  @Override
  public Result run() throws Exception {
    try (OnionNetwork network = OnionNetwork.start(Programs.ofThisCheckout())) {
      return measure(NetworkAddress.parse(network.address()));
    }
  }

  Result measure(NetworkAddress place) throws Exception {
    Day today = Day.of(Instant.now());
    OwnMailbox mailbox = mailbox(place);
    Kept kept = new Kept();
    double filling;
    try (Carrier bob = entered(place, kept)) {
      open(bob, mailbox, today);
      long start = System.nanoTime();
      fill(bob, mailbox, today);
      filling = (System.nanoTime() - start) / 1e9;
    }
    long start = System.nanoTime();
    try (Carrier bob = entered(place, kept)) {
      readAll(bob, mailbox, today);
      return result((System.nanoTime() - start) / 1e9, filling);
    }
  }

  private static OwnMailbox mailbox(NetworkAddress place) {
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    try (Ed25519.SigningKey owner = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      MailboxKey key = new MailboxKey(ByteString.copyOf(owner.publicKey()));
      SecretBytes deposit = SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE);
      return new OwnMailbox(new MailboxTarget(place, key, deposit), seed);
    }
  }

  private static Carrier entered(NetworkAddress place, NetworkMemory memory) {
    Carrier carrier = RelayedCarrier.start(Clock.systemUTC());
    carrier.enters(place, memory);
    return carrier;
  }

  /// Tries again while the network is not entered yet.
  private static void open(Carrier carrier, OwnMailbox mailbox, Day day) throws Exception {
    AdmissionToken unused = new AdmissionToken(SecretBytes.generate(AdmissionToken.SIZE));
    for (int i = 0; i < TRIES; i++) {
      if (asked((Consumer<Object> then) -> carrier.open(path(mailbox), mailbox, day, unused, then))
          instanceof Answer.Given<?>) {
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException("the network opens no mailbox");
  }

  private static Path path(OwnMailbox mailbox) {
    return Path.into((NetworkAddress) mailbox.target().place());
  }

  private void fill(Carrier carrier, OwnMailbox mailbox, Day day) throws Exception {
    Semaphore free = new Semaphore(DEPOSITS_UNDER_WAY);
    List<CompletableFuture<Handoff>> handoffs = new ArrayList<>();
    for (int i = 0; i < envelopes; i++) {
      free.acquire();
      CompletableFuture<Handoff> handoff = new CompletableFuture<>();
      Deposit deposit =
          new Deposit(
              mailbox.target(),
              day,
              new EnvelopeId(random(EnvelopeId.SIZE)),
              new Envelope(random(Envelope.SIZE)));
      carrier.deposit(
          path(mailbox),
          deposit,
          outcome -> {
            free.release();
            boolean _ = handoff.complete(outcome);
          });
      handoffs.add(handoff);
    }
    for (CompletableFuture<Handoff> handoff : handoffs) {
      if (!(handoff.get(PATIENCE_SECONDS, TimeUnit.SECONDS) instanceof Handoff.Accepted)) {
        throw new IllegalStateException("the network did not take an envelope");
      }
    }
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }

  private void readAll(Carrier carrier, OwnMailbox mailbox, Day day) throws Exception {
    Reader reader = new Reader(carrier, mailbox, day);
    try (Subscription _ = carrier.subscribe(path(mailbox), mailbox, day, reader)) {
      if (!reader.all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not everything came that waited");
      }
    }
  }

  private static <T> T asked(Consumer<Consumer<T>> asking) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    asking.accept(answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// Deletes what comes, and counts what came first.
  private final class Reader implements MailboxListener {
    final CountDownLatch all = new CountDownLatch(envelopes);
    private final Carrier carrier;
    private final OwnMailbox mailbox;
    private final Day day;
    private final Set<EnvelopeId> seen = new HashSet<>();

    Reader(Carrier carrier, OwnMailbox mailbox, Day day) {
      this.carrier = carrier;
      this.mailbox = mailbox;
      this.day = day;
    }

    @Override
    public void arrived(StoredEnvelope envelope) {
      if (seen.add(envelope.id())) {
        carrier.delete(path(mailbox), mailbox, day, List.of(envelope.id()), _ -> {});
        all.countDown();
      }
    }

    @Override
    public void caughtUp() {}

    @Override
    public void refused(Refusal reason) {}
  }

  /// In memory.
  private static final class Kept implements NetworkMemory {
    private volatile Optional<ByteString> bytes = Optional.empty();

    @Override
    public Optional<ByteString> recall() {
      return bytes;
    }

    @Override
    public void keep(ByteString kept) {
      bytes = Optional.of(kept);
    }
  }

  private Result result(double seconds, double filling) {
    return new Result(
        name(),
        seconds,
        "s",
        LIMIT_SECONDS_EACH * envelopes,
        String.format(
            Locale.ROOT,
            "lower is better; %d envelopes, with entering the network; %.1f ms each; depositing"
                + " them took %.1f ms each, %d under way at a time",
            envelopes,
            seconds / envelopes * 1e3,
            filling / envelopes * 1e3,
            DEPOSITS_UNDER_WAY));
  }
}
