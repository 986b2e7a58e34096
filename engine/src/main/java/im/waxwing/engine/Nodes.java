package im.waxwing.engine;

import im.waxwing.api.NodeView;
import im.waxwing.api.ProblemKind;
import im.waxwing.carrier.Reachability;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the nodes are that this device deals with: reachable, refusing, full, and what time they
/// keep.
final class Nodes {
  private static final Duration WRONG_CLOCK = Duration.ofHours(12);

  private final Core core;
  private final Map<Path, Reachability> reachability = new HashMap<>();
  private final Set<Long> full = new TreeSet<>();
  private boolean refusing;

  Nodes(Core core) {
    this.core = core;
  }

  /// A carrier tells how a node can be reached.
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

  /// The first node of a path that is known to be out of reach.
  Optional<NodeAddress> missing(Path path) {
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

  /// Whether the home node can be reached; then its time is known, too.
  boolean isConnected() {
    return core.isSetUp() && isConnected(core.own().home().node());
  }

  boolean isConnected(Place place) {
    return reachability.get(Path.to(place)) instanceof Reachability.Reachable;
  }

  NodeView view() {
    if (!core.isSetUp()) {
      return new NodeView(Optional.empty(), NodeView.State.NONE, Optional.empty());
    }
    NodeAddress home = core.own().home().node();
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

  private static Optional<Instant> retryAt(@Nullable Reachability known) {
    return switch (known) {
      case Reachability.Lost lost -> Optional.of(lost.retryAt());
      case Reachability.Impostor impostor -> Optional.of(impostor.retryAt());
      case null, default -> Optional.empty();
    };
  }

  /// What is wrong just now, most urgent first.
  List<ProblemKind> problems() {
    List<ProblemKind> problems = new ArrayList<>();
    switch (view().state()) {
      case IMPOSTOR -> problems.add(ProblemKind.NODE_IMPOSTOR);
      case REFUSING -> problems.add(ProblemKind.NODE_REFUSED);
      case UNREACHABLE -> problems.add(ProblemKind.NODE_UNREACHABLE);
      case NONE, CONNECTING, CONNECTED -> {}
    }
    if (core.isSetUp() && isClockWrong(core.own().home().node())) {
      problems.add(ProblemKind.CLOCK_WRONG);
    }
    if (!full.isEmpty()) {
      problems.add(ProblemKind.NODE_FULL);
    }
    return problems;
  }

  private boolean isClockWrong(NodeAddress node) {
    return core.clockwork.ahead(node).abs().compareTo(WRONG_CLOCK) >= 0;
  }
}
