package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.Place;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How the app gets into a network and stays in it: by a guard, with a consensus that holds
/// (swarm.md §10).
///
/// An attempt goes from guard to guard; if none serves, and for a newcomer, it asks whoever hands
/// out documents, the entry of the network's address first, then its authorities, and then goes to
/// the guards again. All else goes by the link of the guard in use.
///
/// Belongs to the carrier's event loop.
final class Entrance implements GuardLink.Events {
  /// Who sends packets.
  interface Events {
    /// Packets may be sent: for the first time, by another guard, or by another consensus.
    void open();

    /// No packet can be sent just now.
    void shut();

    /// Nobody lets us in; tried again later.
    void lost();

    /// The words of nodes were asked for.
    ///
    /// @param anew those that were started anew
    void toldOfNodes(Set<NodeKey> anew);

    /// There is room for packets again.
    void drained();
  }

  /// A consensus is asked for by so large a part of the epoch after its beginning, by chance.
  private static final int SPREAD_PART = 8;

  /// Between two questions for the words of nodes lies this part of an answer's time at least.
  private static final int ASKING_PART = 3;

  private final NetworkAddress network;
  private final NetworkMemory memory;
  private final Surroundings surroundings;
  private final Timing timing;
  private final Clock clock;
  private final RandomGenerator random;
  private final PacketWrapper wrapper;
  private final Events events;
  private final Atlas atlas;
  private final Surveyor surveyor;
  private final Backoff backoff;
  private List<GuardLink> guards = List.of();
  private Place entry;
  private ByteString kept = ByteString.EMPTY;
  private @Nullable GuardLink inUse;
  private @Nullable Consensus inForce;
  private @Nullable Door door;
  private boolean attempting = true;
  private boolean closed;
  private long retryTimer = -1;
  private long surveyTimer = -1;
  private long nodesTimer = -1;
  private Instant nodesAsked = Instant.MIN;

  Entrance(
      NetworkAddress network,
      NetworkMemory memory,
      Surroundings surroundings,
      Timing timing,
      Clock clock,
      RandomGenerator random,
      PacketWrapper wrapper,
      Events events) {
    this.network = network;
    this.entry = network;
    this.memory = memory;
    this.surroundings = surroundings;
    this.timing = timing;
    this.clock = clock;
    this.random = random;
    this.wrapper = wrapper;
    this.events = events;
    this.atlas = new Atlas(network.id(), random);
    this.surveyor = new Surveyor(network.id(), atlas, clock);
    this.backoff = new Backoff(timing, random);
    surroundings.work(memory::recall, this::recalled);
  }

  private void recalled(Optional<ByteString> known) {
    attempting = false;
    if (known.isPresent()) {
      try {
        atlas.recall(known.get(), clock.instant());
        kept = known.get();
      } catch (MalformedException _) {
        // A newcomer, then.
      }
    }
    attempt();
  }

  Atlas atlas() {
    return atlas;
  }

  /// Another place that hands out the network's documents.
  void by(NetworkAddress other) {
    entry = other;
  }

  /// The link to send packets by; empty: none may be sent.
  Optional<NodeLink> guard() {
    GuardLink guard = inUse;
    return guard == null || !holds() ? Optional.empty() : Optional.of(guard.link());
  }

  /// From where packets start; empty: none may be sent.
  Optional<Routes.Start> start() {
    GuardLink guard = inUse;
    Optional<Consensus> consensus = atlas.consensus(clock.instant());
    if (guard == null || consensus.isEmpty()) {
      return Optional.empty();
    }
    guard.link().told().ifPresent(told -> atlas.take(told.info()));
    return Optional.of(
        new Routes.Start(consensus.get(), guard.entry(), Told.epochOf(time(consensus.get()))));
  }

  /// Whether it waits before it tries again.
  boolean isDown() {
    return inUse == null && !attempting;
  }

  /// How long the present epoch of packet keys lasts.
  Duration keysLeft() {
    Instant now = atlas.consensus(clock.instant()).map(this::time).orElseGet(clock::instant);
    return Duration.between(now, Told.endOf(Told.epochOf(now)));
  }

  private boolean holds() {
    return atlas.consensus(clock.instant()).isPresent();
  }

  /// The guard's time, as far as the consensus bears it out.
  private Instant time(Consensus consensus) {
    Instant now = clock.instant();
    GuardLink guard = inUse;
    Duration ahead =
        guard == null ? Duration.ZERO : guard.link().told().map(Told::ahead).orElse(Duration.ZERO);
    Instant told = now.plus(ahead);
    if (told.isBefore(consensus.validFrom())) {
      return consensus.validFrom();
    }
    return told.isBefore(consensus.validUntil()) ? told : consensus.validUntil().minusMillis(1);
  }

  void hurry() {
    guards.forEach(GuardLink::hurry);
    if (isDown()) {
      attempt();
    }
  }

  private void attempt() {
    surroundings.cancel(retryTimer);
    if (!closed && !attempting) {
      attempting = true;
      tryGuard(0, true);
    }
  }

  /// @param asNewcomer whether to ask for documents elsewhere if no guard serves
  private void tryGuard(int index, boolean asNewcomer) {
    chooseGuards();
    if (index >= guards.size()) {
      if (asNewcomer) {
        tryDoor(doors());
      } else {
        failed();
      }
      return;
    }
    GuardLink guard = guards.get(index);
    guard.reach(
        up -> {
          if (up) {
            survey(guard, serves -> decide(guard, serves, index, asNewcomer));
          } else {
            tryGuard(index + 1, asNewcomer);
          }
        });
  }

  private void decide(GuardLink guard, boolean serves, int index, boolean asNewcomer) {
    if (closed) {
      return;
    }
    if (serves) {
      use(guard);
    } else {
      tryGuard(index + 1, asNewcomer);
    }
  }

  /// Where newcomers are received, in the order of trying.
  private List<Place> doors() {
    List<Place> doors = new ArrayList<>(atlas.authorities());
    for (int i = doors.size() - 1; i > 0; i--) {
      Place drawn = doors.set(random.nextInt(i + 1), doors.get(i));
      doors.set(i, drawn);
    }
    doors.addFirst(entry);
    return doors;
  }

  private void tryDoor(List<Place> doors) {
    if (doors.isEmpty()) {
      failed();
      return;
    }
    List<Place> others = doors.subList(1, doors.size());
    door =
        new Door(
            doors.getFirst(),
            surroundings,
            timing,
            opened -> {
              Door asked = door;
              if (opened && asked != null) {
                surveyor.survey(asked, () -> surveyedAt(asked, others));
              } else if (!closed) {
                tryDoor(others);
              }
            });
  }

  private void surveyedAt(Door asked, List<Place> others) {
    asked.close();
    if (closed) {
      return;
    }
    keep();
    if (holds()) {
      tryGuard(0, false);
    } else {
      tryDoor(others);
    }
  }

  /// Whether the guard is of use: it brings a consensus that holds, or knows none but ours.
  private void survey(GuardLink guard, Consumer<Boolean> then) {
    surveyor.survey(
        guard.link(),
        () -> {
          keep();
          if (guard.isUp() && holds()) {
            surveyor.askNodes(
                guard.link(),
                anew -> {
                  nodesAsked = clock.instant();
                  events.toldOfNodes(anew);
                  then.accept(guard.isUp());
                });
          } else {
            then.accept(false);
          }
        });
  }

  private void use(GuardLink guard) {
    attempting = false;
    inUse = guard;
    backoff.reset();
    guards.subList(guards.indexOf(guard) + 1, guards.size()).forEach(GuardLink::drop);
    goOn();
  }

  /// By another guard, or another consensus.
  private void goOn() {
    Consensus consensus = atlas.consensus(clock.instant()).orElseThrow();
    inForce = consensus;
    Duration ahead = Duration.between(clock.instant(), time(consensus));
    Optional<NodeAddress> by = Optional.ofNullable(inUse).map(guard -> guard.entry().address());
    surroundings.reachabilityBehind(new Reachability.Reachable(network, ahead, by));
    surveyLater();
    events.open();
  }

  private void failed() {
    if (closed) {
      return;
    }
    attempting = false;
    Duration delay = backoff.next();
    retryTimer = surroundings.after(delay, this::attempt);
    Instant retryAt = clock.instant().plus(delay);
    surroundings.reachabilityBehind(
        atlas
            .fault()
            .filter(_ -> !holds())
            .<Reachability>map(fault -> new Reachability.Distrusted(network, fault, retryAt))
            .orElseGet(() -> new Reachability.Lost(network, retryAt)));
    events.lost();
  }

  /// The guard in use serves no more.
  private void leave() {
    inUse = null;
    surroundings.cancel(surveyTimer);
    events.shut();
    attempt();
  }

  private void surveyLater() {
    surroundings.cancel(surveyTimer);
    surveyTimer = surroundings.after(untilSurvey(), this::surveyAgain);
  }

  private Duration untilSurvey() {
    Consensus newest = atlas.newest().orElseThrow();
    Instant now = clock.instant();
    if (now.isBefore(newest.validFrom())) {
      return Duration.between(now, newest.validFrom());
    }
    long spread = newest.epochLength().toMillis() / SPREAD_PART;
    Instant due = newest.freshUntil().isBefore(now) ? now : newest.freshUntil();
    return Duration.between(now, due).plusMillis(spread / 2 + random.nextLong(spread));
  }

  private void surveyAgain() {
    GuardLink guard = inUse;
    if (guard == null) {
      return;
    }
    survey(
        guard,
        serves -> {
          if (closed || guard != inUse) {
            return;
          }
          chooseGuards();
          if (!serves || guard != inUse) {
            leave();
          } else if (atlas.consensus(clock.instant()).equals(Optional.ofNullable(inForce))) {
            surveyLater();
          } else {
            goOn();
          }
        });
  }

  /// Asks for the words of nodes, soon: something got no answer.
  void askNodes() {
    Duration pause = timing.answer().dividedBy(ASKING_PART);
    if (nodesTimer >= 0 || inUse == null) {
      return;
    }
    boolean longAgo =
        nodesAsked.equals(Instant.MIN) || !clock.instant().isBefore(nodesAsked.plus(pause));
    Duration wait =
        longAgo ? Duration.ZERO : Duration.between(clock.instant(), nodesAsked.plus(pause));
    nodesTimer = surroundings.after(wait, this::askNodesNow);
  }

  private void askNodesNow() {
    nodesTimer = -1;
    GuardLink guard = inUse;
    if (guard != null) {
      nodesAsked = clock.instant();
      surveyor.askNodes(guard.link(), events::toldOfNodes);
    }
  }

  /// Somebody goes by another consensus than we do.
  void doubtConsensus() {
    if (inUse != null) {
      surroundings.cancel(surveyTimer);
      surveyTimer = surroundings.after(timing.firstRetry(), this::surveyAgain);
    }
  }

  private void keep() {
    ByteString now = atlas.encode();
    if (!now.equals(kept)) {
      kept = now;
      surroundings.work(
          () -> {
            memory.keep(now);
            return true;
          },
          _ -> {});
    }
  }

  /// Goes by what the newest consensus says of our guards.
  private void chooseGuards() {
    List<GuardLink> chosen = new ArrayList<>();
    for (Entry listed : atlas.guards()) {
      chosen.add(
          guards.stream()
              .filter(guard -> guard.entry().address().equals(listed.address()))
              .findFirst()
              .orElseGet(() -> new GuardLink(listed, () -> link(listed), this)));
    }
    guards.stream().filter(guard -> !chosen.contains(guard)).forEach(GuardLink::drop);
    guards = chosen;
    if (inUse != null && !chosen.contains(inUse)) {
      inUse = null;
    }
  }

  private NodeLink link(Entry guard) {
    Backoff patience = new Backoff(timing, random);
    return new NodeLink(guard.address(), surroundings, timing, clock, patience, wrapper);
  }

  void close() {
    closed = true;
    guards.forEach(GuardLink::drop);
    if (door != null) {
      door.close();
    }
  }

  /// A guard can be reached again by itself.
  @Override
  public void up(GuardLink guard) {
    if (attempting || !isBetter(guard)) {
      return;
    }
    survey(
        guard,
        serves -> {
          if (serves && !closed && !attempting && isBetter(guard)) {
            attempting = true;
            inUse = null;
            events.shut();
            use(guard);
          }
        });
  }

  private boolean isBetter(GuardLink guard) {
    return inUse == null || guards.indexOf(guard) < guards.indexOf(inUse);
  }

  @Override
  public void down(GuardLink guard) {
    if (guard == inUse) {
      leave();
    }
  }

  @Override
  public void drained(GuardLink guard) {
    if (guard == inUse) {
      events.drained();
    }
  }
}
