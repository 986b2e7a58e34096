package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.consensus.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A subscription to a mailbox that a swarm keeps: to so many members that whatever a quorum has is
/// pushed by one of them, each with a stock of reply blocks of its own; told as one (swarm.md §10).
/// In mixed mode nobody pushes: all members are asked, by chance, whenever a packet is to be sent
/// (swarm.md §11).
///
/// Belongs to the carrier's event loop.
final class SwarmEar {
  private static final int MOST_REMEMBERED = 4_096;

  /// Members push the same envelope within this part of a subscription's time.
  private static final int REMEMBERED_PART = 4;

  private final MailboxEar ear;
  private final OnionKeeper keeper;
  private final Surroundings surroundings;
  private final Timing timing;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<NodeKey, Member> members = new LinkedHashMap<>();

  /// Those that did not answer, or said no.
  private final Set<NodeKey> silent = new HashSet<>();

  private final Map<NodeKey, AnswerCode> refusing = new HashMap<>();

  /// What was told, and when.
  private final LinkedHashMap<EnvelopeId, Instant> told = new LinkedHashMap<>();

  private boolean caughtUp;
  private boolean polling;
  private Instant pollingSince = Instant.MIN;
  private long againTimer = -1;
  private boolean ended;

  SwarmEar(
      MailboxEar ear,
      OnionKeeper keeper,
      Surroundings surroundings,
      Timing timing,
      Clock clock,
      RandomGenerator random) {
    this.ear = ear;
    this.keeper = keeper;
    this.surroundings = surroundings;
    this.timing = timing;
    this.clock = clock;
    this.random = random;
  }

  private Subject subject() {
    return Subject.of(ear.mailbox());
  }

  /// Listens to enough members of the swarm as it is by the consensus; to those of before that are
  /// no members any more it does not.
  void goOn() {
    List<Entry> swarm = keeper.members(subject());
    if (ended || swarm.isEmpty()) {
      return;
    }
    Set<NodeKey> present = new HashSet<>(swarm.stream().map(Entry::key).toList());
    for (Member former : List.copyOf(members.values())) {
      if (!present.contains(former.key)) {
        drop(former);
      }
    }
    if (polling != keeper.isMixed()) {
      List.copyOf(members.values()).forEach(this::drop);
      polling = keeper.isMixed();
    }
    listen(swarm);
  }

  private void listen(List<Entry> swarm) {
    if (polling) {
      swarm.stream()
          .filter(member -> !refusing.containsKey(member.key()) && keeper.canAsk(member))
          .forEach(member -> members.putIfAbsent(member.key(), new Member(member.key())));
      return;
    }
    int enough = keeper.enough(swarm);
    List<Entry> others = new ArrayList<>(swarm);
    Collections.shuffle(others, random);
    for (Entry other : others) {
      if (members.size() >= enough) {
        return;
      }
      if (!members.containsKey(other.key()) && isFit(other)) {
        add(other.key());
      }
    }
    if (members.size() < enough) {
      tryAgainLater();
    }
  }

  /// Asks a member for what it has next; empty: there is none to ask.
  Optional<Errand> poll() {
    if (!polling || members.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (pollingSince.equals(Instant.MIN) || !now.isBefore(pollingSince.plus(timing.renewal()))) {
      pollingSince = now;
      members.values().forEach(member -> member.read = 0);
    }
    List<Member> all = List.copyOf(members.values());
    Member asked = all.get(random.nextInt(all.size()));
    Request request = ear.mailbox().fetch(asked.read);
    return Optional.of(Errand.asCover(asked.key, subject(), request, asked::heard));
  }

  private boolean isFit(Entry member) {
    return !silent.contains(member.key())
        && !refusing.containsKey(member.key())
        && keeper.canAsk(member);
  }

  private void add(NodeKey key) {
    Member member = new Member(key);
    Optional<Stock> stock = keeper.stock(member);
    if (stock.isPresent()) {
      member.stock = stock;
      members.put(key, member);
      stock.get().begin();
    }
  }

  private void drop(Member member) {
    if (members.remove(member.key, member)) {
      member.stock.ifPresent(Stock::end);
      tellOfCatchingUp();
    }
  }

  /// Those that were silent or refused are given another chance.
  private void tryAgainLater() {
    if (againTimer < 0) {
      againTimer =
          surroundings.after(
              timing.longestRetry(),
              () -> {
                againTimer = -1;
                silent.clear();
                refusing.clear();
                goOn();
              });
    }
  }

  /// Nothing can be pushed any more by the guard there was.
  void lost() {
    members.values().forEach(member -> member.stock.ifPresent(Stock::giveUp));
    members.clear();
    silent.clear();
    caughtUp = false;
  }

  /// Blocks that lead through these nodes are of no use any more.
  void startedAnew(Set<NodeKey> nodes) {
    silent.removeAll(nodes);
    for (Member member : List.copyOf(members.values())) {
      if (nodes.contains(member.key)
          || member.stock.filter(stock -> stock.leadsThrough(nodes)).isPresent()) {
        member.caughtUp = false;
        member.stock.ifPresent(Stock::begin);
      }
    }
    tellOfCatchingUp();
  }

  void end() {
    ended = true;
    surroundings.cancel(againTimer);
    List.copyOf(members.values()).forEach(this::drop);
  }

  private void arrived(Held held) {
    Instant now = clock.instant();
    Instant past = now.minus(timing.renewal().dividedBy(REMEMBERED_PART));
    while (!told.isEmpty()
        && (told.size() >= MOST_REMEMBERED || told.firstEntry().getValue().isBefore(past))) {
      told.pollFirstEntry();
    }
    if (told.putIfAbsent(held.id(), now) == null) {
      ear.arrived(held);
    }
  }

  private void tellOfCatchingUp() {
    long done = members.values().stream().filter(member -> member.caughtUp).count();
    boolean all = done > 0 && done >= keeper.enough(keeper.members(subject()));
    if (all && !caughtUp) {
      ear.caughtUp();
    }
    caughtUp = all;
  }

  private void refused(Member member, AnswerCode code) {
    members.remove(member.key, member);
    refusing.put(member.key, code);
    List<Entry> swarm = keeper.members(subject());
    if (refusing.size() >= keeper.enough(swarm)) {
      keeper.remove(ear);
      Refusals.of(code).ifPresent(ear::refused);
    } else {
      listen(swarm);
      tryAgainLater();
    }
  }

  /// A member, and the stock of blocks it pushes by.
  private final class Member implements Stock.Owner {
    final NodeKey key;
    Optional<Stock> stock = Optional.empty();
    boolean caughtUp;

    /// The last sequence that was fetched.
    long read;

    Member(NodeKey key) {
      this.key = key;
    }

    /// What it answered to a fetch.
    void heard(Outcome outcome) {
      if (ended || !members.containsValue(this)) {
        return;
      }
      switch (outcome) {
        case Outcome.NoAnswer() -> {}
        case Outcome.Answered(AnswerCode code, ByteString body) when code == AnswerCode.OK ->
            read(body);
        case Outcome.Answered(AnswerCode code, _) when code == AnswerCode.BUSY -> {}
        case Outcome.Answered(AnswerCode code, _) -> SwarmEar.this.refused(this, code);
      }
    }

    private void read(ByteString body) {
      try {
        List<Held> held = FetchedPage.decode(body).held();
        if (held.isEmpty()) {
          caughtUp();
        } else {
          read = Math.max(read, held.getFirst().sequence());
          arrived(held.getFirst());
        }
      } catch (MalformedException _) {
        // As if it had not answered.
      }
    }

    @Override
    public void ask(Stock asking, Consumer<Outcome> outcome) {
      keeper.run(Errand.toMember(key, subject(), ear.request(), asking, outcome));
    }

    @Override
    public void unsubscribe(long number) {
      Request request = new Request.Unsubscribe(number);
      keeper.run(Errand.toMember(key, subject(), request, _ -> {}));
    }

    @Override
    public Duration keysLeft() {
      return keeper.keysLeft();
    }

    @Override
    public void arrived(Held held) {
      SwarmEar.this.arrived(held);
    }

    @Override
    public void caughtUp() {
      caughtUp = true;
      tellOfCatchingUp();
    }

    @Override
    public void silent(Stock over) {
      if (members.remove(key, this)) {
        silent.add(key);
        listen(keeper.members(subject()));
      }
    }

    @Override
    public void refused(AnswerCode code) {
      SwarmEar.this.refused(this, code);
    }
  }
}
