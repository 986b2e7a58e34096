package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One app's way into a [SimulatedOnion]: asks one member after the other, reads from several, and
/// tells whether the network can be used.
///
/// One thread at a time.
final class OnionWay implements AutoCloseable {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
  private static final Duration RENEWAL = Duration.ofMinutes(20);
  private static final int ATTEMPTS = 3;
  private static final int READ_FROM = SimulatedOnion.MEMBERS - SimulatedOnion.QUORUM + 1;

  /// A cursor is a member's rank and its own sequence.
  private static final int SEQUENCE_BITS = 40;

  private final SimulatedOnion onion;
  private final Machine machine;
  private final Consumer<Reachability> told;
  private final List<Listening> listenings = new ArrayList<>();
  private final Map<MailboxId, Set<Integer>> missed = new HashMap<>();
  private final Runnable watcher = this::changed;
  private Optional<Reachability> last = Optional.empty();
  private int next;
  private boolean closed;

  /// @param told hears whether the network can be used
  OnionWay(SimulatedOnion onion, Machine machine, Consumer<Reachability> told) {
    this.onion = onion;
    this.machine = machine;
    this.told = told;
    onion.watch(watcher);
    machine.after(TIME_LIMIT, this::tell);
  }

  // --- whether it can be used ---

  private void changed() {
    if (!closed) {
      machine.run(
          () -> {
            tell();
            if (onion.answers(machine.name())) {
              List.copyOf(listenings).forEach(Listening::renew);
            }
          });
    }
  }

  private void tell() {
    if (!closed) {
      Reachability now = reachability();
      boolean same = last.filter(before -> before.getClass() == now.getClass()).isPresent();
      if (!same || now instanceof Reachability.Reachable) {
        last = Optional.of(now);
        told.accept(now);
      }
    }
  }

  private Reachability reachability() {
    var later = machine.clock().instant().plus(TIME_LIMIT);
    if (onion.fault().isPresent()) {
      return new Reachability.Distrusted(onion.address(), onion.fault().get(), later);
    }
    return onion.answers(machine.name())
        ? new Reachability.Reachable(
            onion.address(), Duration.between(machine.clock().instant(), onion.now()))
        : new Reachability.Lost(onion.address(), later);
  }

  // --- asking ---

  /// Asks members until one answers for three; no answer is an empty outcome.
  void ask(Request request, Consumer<Optional<Frame.Answer>> outcome) {
    ask(request, outcome, ATTEMPTS);
  }

  private void ask(Request request, Consumer<Optional<Frame.Answer>> outcome, int attempts) {
    boolean[] over = {false};
    Consumer<Optional<Shelf.Outcome>> once =
        answer -> {
          if (!over[0] && !closed) {
            over[0] = true;
            answered(request, outcome, attempts - 1, answer);
          }
        };
    int member = nextMember();
    onion.ask(
        machine.name(),
        member,
        request,
        answer -> machine.run(() -> once.accept(Optional.of(answer))));
    machine.after(TIME_LIMIT, () -> once.accept(Optional.empty()));
  }

  private int nextMember() {
    next = (next + 1) % SimulatedOnion.MEMBERS;
    return next;
  }

  private void answered(
      Request request,
      Consumer<Optional<Frame.Answer>> outcome,
      int attempts,
      Optional<Shelf.Outcome> answer) {
    boolean another =
        answer
            .map(Shelf.Outcome::code)
            .map(code -> code == AnswerCode.BUSY || code == AnswerCode.UNKNOWN_MAILBOX)
            .orElse(true);
    if (another && attempts > 0) {
      ask(request, outcome, attempts);
    } else {
      outcome.accept(answer.map(word -> new Frame.Answer(1, word.code(), word.body())));
    }
  }

  // --- reading once ---

  /// Reads the first envelope behind a cursor: of one member after the other.
  void fetch(OwnMailboxDay mailbox, long after, Consumer<Answer<Fetched>> outcome) {
    if (after == 0) {
      missed.put(mailbox.fetch(0).mailbox(), new HashSet<>());
    }
    int rank = (int) (after >>> SEQUENCE_BITS);
    new Walk(mailbox, outcome).from(rank, after & ((1L << SEQUENCE_BITS) - 1));
  }

  private final class Walk {
    private final OwnMailboxDay mailbox;
    private final Consumer<Answer<Fetched>> outcome;
    private final Set<Integer> silent;
    private int unknown;

    Walk(OwnMailboxDay mailbox, Consumer<Answer<Fetched>> outcome) {
      this.mailbox = mailbox;
      this.outcome = outcome;
      this.silent = missed.computeIfAbsent(mailbox.fetch(0).mailbox(), _ -> new HashSet<>());
    }

    void from(int rank, long sequence) {
      if (rank == SimulatedOnion.MEMBERS) {
        outcome.accept(end());
        return;
      }
      boolean[] over = {false};
      onion.read(
          machine.name(),
          rank,
          mailbox.fetch(sequence),
          answer ->
              machine.run(
                  () -> {
                    if (!over[0] && !closed) {
                      over[0] = true;
                      answered(rank, answer);
                    }
                  }));
      machine.after(
          TIME_LIMIT,
          () -> {
            if (!over[0] && !closed) {
              over[0] = true;
              silent.add(rank);
              from(rank + 1, 0);
            }
          });
    }

    private void answered(int rank, Shelf.Outcome answer) {
      if (answer.code() != AnswerCode.OK) {
        unknown++;
        from(rank + 1, 0);
        return;
      }
      Optional<Held> held = first(answer.body());
      if (held.isPresent()) {
        outcome.accept(new Answer.Given<>(new Fetched(Optional.of(stored(rank, held.get())))));
      } else {
        from(rank + 1, 0);
      }
    }

    private Answer<Fetched> end() {
      if (silent.size() > SimulatedOnion.MEMBERS - READ_FROM) {
        return new Answer.Unreachable<>();
      }
      return unknown >= READ_FROM
          ? new Answer.Refused<>(Refusal.UNKNOWN_MAILBOX)
          : new Answer.Given<>(new Fetched(Optional.empty()));
    }
  }

  private static Optional<Held> first(ByteString body) {
    try {
      return FetchedPage.decode(body).held().stream().findFirst();
    } catch (MalformedException e) {
      throw new IllegalStateException("a simulated member speaks as it should", e);
    }
  }

  private static StoredEnvelope stored(int rank, Held held) {
    long cursor = ((long) rank << SEQUENCE_BITS) | held.sequence();
    return new StoredEnvelope(cursor, held.id(), held.envelope());
  }

  // --- listening ---

  Subscription listen(OwnMailboxDay mailbox, MailboxListener listener) {
    Listening listening = new Listening(mailbox, listener);
    listenings.add(listening);
    onion.listen(listening);
    listening.renew();
    return listening;
  }

  /// Three members at a time; others when it is renewed, and all that waits comes once more.
  private final class Listening implements Subscription, SimulatedOnion.Ear {
    private final OwnMailboxDay mailbox;
    private final MailboxId id;
    private final MailboxListener listener;
    private final Set<EnvelopeId> seen = new HashSet<>();
    private final Set<Integer> from = new HashSet<>();
    private int renewals;
    private int unknown;
    private boolean caughtUp;
    private boolean over;

    Listening(OwnMailboxDay mailbox, MailboxListener listener) {
      this.mailbox = mailbox;
      this.id = mailbox.fetch(0).mailbox();
      this.listener = listener;
    }

    void renew() {
      if (over || closed) {
        return;
      }
      int current = ++renewals;
      unknown = 0;
      caughtUp = false;
      seen.clear();
      from.clear();
      for (int i = 0; i < SimulatedOnion.MEMBERS && from.size() < READ_FROM; i++) {
        int member = nextMember();
        if (onion.isUp(member)) {
          from.add(member);
        }
      }
      Request subscribe = mailbox.subscribe();
      for (int member : Set.copyOf(from)) {
        onion.read(
            machine.name(),
            member,
            subscribe,
            answer -> machine.run(() -> answered(current, member, answer)));
      }
      machine.after(RENEWAL, () -> renewUnlessRenewed(current));
    }

    private void renewUnlessRenewed(int before) {
      if (renewals == before) {
        renew();
      }
    }

    private void answered(int current, int member, Shelf.Outcome answer) {
      if (over || closed || current != renewals) {
        return;
      }
      if (answer.code() == AnswerCode.OK) {
        hearFrom(member);
        if (!caughtUp) {
          caughtUp = true;
          listener.caughtUp();
        }
      } else if (++unknown == READ_FROM) {
        close();
        listener.refused(Refusal.UNKNOWN_MAILBOX);
      }
    }

    private void hearFrom(int member) {
      for (Held held : onion.waiting(id, member)) {
        if (!over && seen.add(held.id())) {
          listener.arrived(OnionWay.stored(member, held));
        }
      }
    }

    @Override
    public boolean hears(MailboxId other, int member) {
      return !over && id.equals(other) && from.contains(member);
    }

    @Override
    public void stored(int member) {
      onion.tell(
          machine.name(),
          () ->
              machine.run(
                  () -> {
                    if (!over && !closed) {
                      hearFrom(member);
                    }
                  }));
    }

    @Override
    public void close() {
      over = true;
      listenings.remove(this);
      onion.listenNoMore(this);
    }
  }

  @Override
  public void close() {
    closed = true;
    onion.watchNoMore(watcher);
    List.copyOf(listenings).forEach(Listening::close);
  }
}
