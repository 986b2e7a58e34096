package im.waxwing.engine;

import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Refusal;
import im.waxwing.crypto.SendingLane;
import im.waxwing.engine.Outbox.Offered;
import im.waxwing.engine.Ways.Route;
import im.waxwing.model.Envelope;
import im.waxwing.model.Path;
import im.waxwing.store.OutboxTable;
import im.waxwing.store.PeerTable.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Hands wrapped letters to the carrier, one run for each device written to: by the way in use, at
/// once by the next one when that fails; after a refusal the run pauses, longer each time. What was
/// handed over is remembered in memory only: after a crash it is handed over again, which does no
/// harm.
final class Dispatch {
  private final Core core;
  private final Map<Long, Run> runs = new TreeMap<>();

  /// How the letters to one device are getting on.
  private static final class Run {
    final Map<Offered, Route> offered = new LinkedHashMap<>();
    final List<Offered> accepted = new ArrayList<>();
    boolean settling;
    int failures;
    Instant notBefore = Instant.MIN;
  }

  /// What may go to a device now, and by which route.
  private record Ready(
      List<Route> routes, Route route, List<OutboxTable.Piece> pieces, boolean stale) {}

  Dispatch(Core core) {
    this.core = core;
  }

  /// Offers everything to everybody at once: at the start, and when a node can be reached again.
  void pumpAll() {
    for (Run run : runs.values()) {
      run.failures = 0;
      run.notBefore = Instant.MIN;
    }
    pumpEach();
  }

  /// Offers what waits to everybody whose run does not pause.
  void pumpEach() {
    List<Peer> peers = core.ledger.read(step -> step.tables().peers().all());
    peers.forEach(peer -> pump(peer.id()));
  }

  /// Offers what waits for a device, unless its run pauses.
  void pump(long peer) {
    Run run = run(peer);
    if (core.clockwork.now().isBefore(run.notBefore)) {
      core.clockwork.wake(alarm(peer), run.notBefore, () -> pump(peer));
      return;
    }
    core.ledger
        .read(step -> ready(step, peer, run))
        .ifPresent(
            ready -> {
              ready.pieces().forEach(piece -> offer(peer, run, ready, piece));
              ready.pieces().stream().findFirst().ifPresent(piece -> tryPreferred(ready, piece));
              if (ready.stale()) {
                core.ledger.writeSurely(step -> core.outbox.rewrapStale(step, peer));
              }
            });
  }

  /// Empty while no way is to be tried.
  private Optional<Ready> ready(Step step, long peerId, Run run) {
    Peer peer = step.tables().peers().find(peerId).orElseThrow();
    List<Route> routes = core.ways.routes(step, peer);
    Optional<Route> route = core.ways.usable(routes);
    if (route.isEmpty()) {
      core.ways
          .retryAt(routes)
          .ifPresent(at -> core.clockwork.wake(alarm(peerId), at, () -> pump(peerId)));
      return Optional.empty();
    }
    return Optional.of(ready(step, peer, routes, route.get(), run));
  }

  private Ready ready(Step step, Peer peer, List<Route> routes, Route route, Run run) {
    long peerId = peer.id();
    Instant now = core.clockwork.now();
    long underWay = run.offered.values().stream().filter(route::equals).count();
    List<OutboxTable.Piece> fresh = new ArrayList<>();
    boolean stale = false;
    int limit = 2 * SendingLane.MAX_AHEAD;
    for (OutboxTable.Piece piece : step.tables().outbox().unplaced(peerId, now, limit)) {
      boolean current = core.outbox.isCurrent(piece, route);
      boolean free = !run.offered.containsKey(offered(piece));
      stale |= free && !current;
      if (free && current && underWay + fresh.size() < SendingLane.MAX_AHEAD) {
        fresh.add(piece);
      }
    }
    step.tables()
        .outbox()
        .nextUnplaced(peerId, now)
        .ifPresent(
            at -> core.clockwork.wake(alarm(peerId), Instant.ofEpochMilli(at), () -> pump(peerId)));
    return new Ready(routes, route, fresh, stale);
  }

  private void offer(long peer, Run run, Ready ready, OutboxTable.Piece piece) {
    Envelope envelope = piece.envelope();
    if (envelope == null) {
      return;
    }
    Offered offered = offered(piece);
    run.offered.put(offered, ready.route());
    Path path = core.networks.ready(ready.route().path());
    core.around
        .carrier()
        .deposit(
            path,
            new Deposit(ready.route().target(), piece.day(), piece.id(), envelope),
            handoff -> core.serial.execute(() -> outcome(peer, run, path, offered, handoff)));
  }

  /// Sees whether a way that was left works again; the reader knows the copy for a repeat.
  private void tryPreferred(Ready ready, OutboxTable.Piece piece) {
    core.ways
        .trial(ready.routes(), ready.route())
        .ifPresent(
            trial ->
                core.ledger
                    .read(step -> core.outbox.copy(step, piece, trial))
                    .ifPresent(
                        copy ->
                            core.around
                                .carrier()
                                .deposit(
                                    core.networks.ready(trial.path()),
                                    copy,
                                    handoff -> core.serial.execute(() -> tried(trial, handoff)))));
  }

  private void tried(Route trial, Handoff handoff) {
    switch (handoff) {
      case Handoff.Accepted() -> core.ways.worked(trial.path());
      case Handoff.Unreachable() -> core.ways.failed(trial.path(), false);
      case Handoff.Refused(Refusal reason) -> {
        switch (reason) {
          case UNREACHABLE_NODE -> core.ways.failed(trial.path(), false);
          case NOT_ALLOWED, NOT_ADMITTED -> core.ways.failed(trial.path(), true);
          // The node at the end has spoken: the way to it works.
          case UNKNOWN_MAILBOX,
              WRONG_DAY,
              FULL,
              CONFLICT,
              TAKEN,
              UNKNOWN_DRAWER,
              BUSY,
              BAD_SIGNATURE ->
              core.ways.worked(trial.path());
        }
      }
    }
  }

  private void outcome(long peer, Run run, Path path, Offered offered, Handoff handoff) {
    switch (handoff) {
      case Handoff.Accepted() -> {
        core.ways.worked(path);
        accepted(peer, run, offered);
      }
      case Handoff.Unreachable() -> elsewhere(peer, run, path, offered, false);
      case Handoff.Refused(Refusal reason) when reason == Refusal.UNREACHABLE_NODE ->
          elsewhere(peer, run, path, offered, false);
      // Not admitted: our own node no longer passes letters on for us.
      case Handoff.Refused(Refusal reason)
          when reason == Refusal.NOT_ALLOWED || reason == Refusal.NOT_ADMITTED ->
          elsewhere(peer, run, path, offered, true);
      case Handoff.Refused(Refusal reason) -> {
        core.ways.worked(path);
        refused(peer, run, offered, reason);
      }
    }
  }

  /// This path does not work: the next one is tried at once.
  private void elsewhere(long peer, Run run, Path path, Offered offered, boolean notAllowed) {
    run.offered.remove(offered);
    core.ways.failed(path, notAllowed);
    pump(peer);
  }

  private void accepted(long peer, Run run, Offered offered) {
    core.nodes.hasRoom(peer);
    run.accepted.add(offered);
    if (run.failures > 0) {
      run.failures = 0;
      run.notBefore = Instant.MIN;
    }
    if (!run.settling) {
      run.settling = true;
      core.serial.execute(() -> settle(peer, run));
    }
  }

  /// All that were accepted meanwhile are written down together.
  private void settle(long peer, Run run) {
    core.ledger.writeSurely(
        step -> {
          List<Offered> settled = List.copyOf(run.accepted);
          core.outbox.accepted(step, peer, settled);
          step.afterwards(() -> settled(peer, run, settled));
        });
  }

  private void settled(long peer, Run run, List<Offered> settled) {
    run.accepted.removeAll(settled);
    settled.forEach(run.offered.keySet()::remove);
    run.settling = !run.accepted.isEmpty();
    if (run.settling) {
      core.serial.execute(() -> settle(peer, run));
    }
    pump(peer);
  }

  private void refused(long peer, Run run, Offered offered, Refusal reason) {
    switch (reason) {
      case FULL -> {
        core.nodes.isFull(peer);
        pause(peer, run, offered);
      }
      case BUSY, UNKNOWN_MAILBOX, WRONG_DAY, UNREACHABLE_NODE, NOT_ALLOWED, NOT_ADMITTED ->
          pause(peer, run, offered);
      // The node holds another sealing of this piece: it went another way meanwhile and came back.
      case CONFLICT -> accepted(peer, run, offered);
      case BAD_SIGNATURE, TAKEN, UNKNOWN_DRAWER -> {
        run.offered.remove(offered);
        core.ledger.writeSurely(step -> core.outbox.refused(step, offered.letter()));
      }
    }
  }

  /// Several failures of one attempt count once.
  private void pause(long peer, Run run, Offered offered) {
    run.offered.remove(offered);
    Instant now = core.clockwork.now();
    if (!now.isBefore(run.notBefore)) {
      run.notBefore = now.plus(pause(++run.failures));
    }
    core.clockwork.wake(alarm(peer), run.notBefore, () -> pump(peer));
  }

  /// 3 s, 6 s, 12 s … at most 5 minutes.
  private Duration pause(int failures) {
    return pause(core.settings, failures);
  }

  static Duration pause(EngineSettings settings, int failures) {
    Duration pause = settings.firstRetry();
    for (int i = 1; i < failures && pause.compareTo(settings.lastRetry()) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(settings.lastRetry()) < 0 ? pause : settings.lastRetry();
  }

  private Run run(long peer) {
    return runs.computeIfAbsent(peer, _ -> new Run());
  }

  private static Offered offered(OutboxTable.Piece piece) {
    return new Offered(piece.letter(), piece.keys().n(), piece.id());
  }

  private static String alarm(long peer) {
    return "outbox " + peer;
  }
}
