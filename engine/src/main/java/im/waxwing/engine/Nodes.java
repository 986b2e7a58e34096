package im.waxwing.engine;

import im.waxwing.api.NetworkView;
import im.waxwing.api.NodeView;
import im.waxwing.api.ProblemKind;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.store.MailboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the nodes and networks are that this device deals with: reachable, refusing, full, not to be
/// trusted, and what time they keep.
final class Nodes {
  private static final Duration WRONG_CLOCK = Duration.ofHours(12);

  private final Core core;
  private final Map<Path, Reachability> reachability = new LinkedHashMap<>();
  private final Set<Long> full = new TreeSet<>();
  private boolean refusing;

  Nodes(Core core) {
    this.core = core;
  }

  /// A carrier tells how a node or network can be reached.
  void changed(Reachability change) {
    Path path = pathOf(change);
    reachability.put(path, change);
    if (change instanceof Reachability.Reachable reachable) {
      core.clockwork.heard(reachable.place(), reachable.ahead());
      core.ways.reached(path);
      if (core.isSetUp()) {
        core.mailboxes.cleanUp();
        core.dispatch.pumpAll();
        core.mailboxes.refresh();
        core.invitations.work();
        core.guests.work();
      }
    }
    core.tellStatus();
    core.views.tellTravel();
  }

  private static Path pathOf(Reachability change) {
    return change.place() instanceof NodeAddress node && change.via().isPresent()
        ? Path.through(change.via().get(), node)
        : Path.to(change.place());
  }

  /// Who of a path is known to be out of reach or not to be trusted, the first one.
  Optional<Place> missing(Path path) {
    if (path.network().isPresent()) {
      return path.network().<Place>map(each -> each).filter(_ -> isLost(reachability.get(path)));
    }
    for (int length = 1; length <= path.nodes().size(); length++) {
      Path begin = Path.through(path.nodes().subList(0, length));
      if (isLost(reachability.get(begin))) {
        return Optional.of(begin.nodes().getLast());
      }
    }
    return Optional.empty();
  }

  private static boolean isLost(@Nullable Reachability known) {
    return switch (known) {
      case Reachability.Lost _, Reachability.Impostor _, Reachability.Distrusted _ -> true;
      case Reachability.Reachable _ -> false;
      case null -> false;
    };
  }

  /// Whether a path leads into a network that must not be used, however long one waits.
  boolean isDistrusted(Path path) {
    return reachability.get(path) instanceof Reachability.Distrusted;
  }

  /// Why a place does not answer.
  ProblemKind unreachable(Place place) {
    return switch (place) {
      case NodeAddress _ -> ProblemKind.NODE_UNREACHABLE;
      case NetworkAddress network -> distrust(network).orElse(ProblemKind.NETWORK_UNREACHABLE);
    };
  }

  /// What is wrong with a network; empty: nothing that is known.
  Optional<ProblemKind> distrust(Place network) {
    return reachability.get(Path.to(network)) instanceof Reachability.Distrusted distrusted
        ? Optional.of(kind(distrusted.fault()))
        : Optional.empty();
  }

  private static ProblemKind kind(Reachability.Fault fault) {
    return switch (fault) {
      case STALE -> ProblemKind.NETWORK_STALE;
      case TOO_EARLY -> ProblemKind.CLOCK_WRONG;
      case FORKED -> ProblemKind.NETWORK_FORKED;
      case UNDER_SIGNED, BROKEN_CHAIN, WRONG_NETWORK -> ProblemKind.NETWORK_UNDER_SIGNED;
    };
  }

  /// The node by which the carrier enters a network just now.
  Optional<NodeAddress> guard(Path path) {
    return reachability.get(path) instanceof Reachability.Reachable reachable
        ? reachable.via()
        : Optional.empty();
  }

  /// Whether the home node keeps mailboxes for our token.
  void setRefusing(boolean now) {
    if (refusing != now) {
      refusing = now;
      core.tellStatus();
    }
  }

  /// The mailbox of a device has no room.
  void isFull(long peer) {
    if (full.add(peer)) {
      core.tellStatus();
    }
  }

  void hasRoom(long peer) {
    if (full.remove(peer)) {
      core.tellStatus();
    }
  }

  /// Whether a home can be reached; then its time is known, too.
  boolean isConnected() {
    return core.isSetUp() && isConnected(timekeeper());
  }

  boolean isConnected(Place place) {
    return reachability.get(Path.to(place)) instanceof Reachability.Reachable;
  }

  /// The home whose time counts: the main one, unless only the other can be reached.
  Place timekeeper() {
    return core.own().mailboxes().stream()
        .<Place>map(MailboxTable.Own::place)
        .filter(this::isConnected)
        .findFirst()
        .orElse(core.own().main().place());
  }

  NodeView view() {
    Optional<NodeAddress> home = core.isSetUp() ? core.own().node() : Optional.empty();
    return home.map(this::view)
        .orElseGet(() -> new NodeView(Optional.empty(), NodeView.State.NONE, Optional.empty()));
  }

  private NodeView view(NodeAddress home) {
    Reachability known = reachability.get(Path.through(home));
    return new NodeView(
        Optional.of(home.format()),
        switch (known) {
          case null -> NodeView.State.CONNECTING;
          case Reachability.Reachable _ ->
              refusing ? NodeView.State.REFUSING : NodeView.State.CONNECTED;
          case Reachability.Lost _, Reachability.Distrusted _ -> NodeView.State.UNREACHABLE;
          case Reachability.Impostor _ -> NodeView.State.IMPOSTOR;
        },
        retryAt(known));
  }

  /// The network where this device lives, if it lives in one.
  Optional<NetworkView> networkView() {
    return core.isSetUp() ? core.own().network().map(this::view) : Optional.empty();
  }

  private NetworkView view(NetworkAddress home) {
    Reachability known = reachability.get(Path.into(home));
    return new NetworkView(
        home.format(),
        switch (known) {
          case null -> NetworkView.State.CONNECTING;
          case Reachability.Reachable _ -> NetworkView.State.CONNECTED;
          case Reachability.Lost _, Reachability.Impostor _ -> NetworkView.State.UNREACHABLE;
          case Reachability.Distrusted _ -> NetworkView.State.DISTRUSTED;
        },
        retryAt(known));
  }

  private static Optional<Instant> retryAt(@Nullable Reachability known) {
    return switch (known) {
      case Reachability.Lost lost -> Optional.of(lost.retryAt());
      case Reachability.Impostor impostor -> Optional.of(impostor.retryAt());
      case Reachability.Distrusted distrusted -> Optional.of(distrusted.retryAt());
      case Reachability.Reachable _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  /// What is wrong just now, most urgent first.
  List<ProblemKind> problems() {
    Set<ProblemKind> problems = new LinkedHashSet<>();
    switch (view().state()) {
      case IMPOSTOR -> problems.add(ProblemKind.NODE_IMPOSTOR);
      case REFUSING -> problems.add(ProblemKind.NODE_REFUSED);
      case UNREACHABLE -> problems.add(ProblemKind.NODE_UNREACHABLE);
      case NONE, CONNECTING, CONNECTED -> {}
    }
    for (Reachability known : reachability.values()) {
      distrust(known.place()).ifPresent(problems::add);
    }
    networkView()
        .filter(view -> view.state() == NetworkView.State.UNREACHABLE)
        .ifPresent(_ -> problems.add(ProblemKind.NETWORK_UNREACHABLE));
    if (core.isSetUp() && isClockWrong(core.own().main().place())) {
      problems.add(ProblemKind.CLOCK_WRONG);
    }
    if (!full.isEmpty()) {
      problems.add(ProblemKind.NODE_FULL);
    }
    return List.copyOf(problems);
  }

  private boolean isClockWrong(Place place) {
    return core.clockwork.ahead(place).abs().compareTo(WRONG_CLOCK) >= 0;
  }
}
