package im.waxwing.carrier.relayed;

import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
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
    listen(swarm);
  }

  private void listen(List<Entry> swarm) {
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
    }
  }

  /// A member, and the stock of blocks it pushes by.
  private final class Member implements Stock.Owner {
    final NodeKey key;
    Optional<Stock> stock = Optional.empty();
    boolean caughtUp;

    Member(NodeKey key) {
      this.key = key;
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
