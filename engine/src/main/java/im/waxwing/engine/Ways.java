package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Refusal;
import im.waxwing.model.AccountId;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.model.Way;
import im.waxwing.store.Home;
import im.waxwing.store.PeerTable.Peer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// By which way letters go: what the person allows, which ways there are between two devices, and
/// which of them work just now (delivery.md §10). How a path fares is kept in memory only.
final class Ways {
  /// What a person can choose of.
  static final List<Way> CHOICE = List.of(Way.FEDERATED, Way.ONION, Way.RELAY);

  static final List<Way> DEFAULT = List.of(Way.FEDERATED, Way.ONION);

  private final Core core;
  private final Map<Path, Trouble> troubles = new HashMap<>();

  /// A way to one reader: the mailbox that it leads to, and the hands on it.
  record Route(Way way, MailboxTarget target, Path path) {
    @Override
    public String toString() {
      return "Route[redacted]";
    }
  }

  /// A path that failed and has not worked since. It is tried again at `notBefore`.
  ///
  /// @param notAllowed an operator said no; otherwise nobody answered
  private record Trouble(boolean notAllowed, int failures, Instant notBefore) {}

  /// How a path is.
  enum Condition {
    USABLE,
    UNREACHABLE,
    NOT_ALLOWED
  }

  Ways(Core core) {
    this.core = core;
  }

  // --- what is allowed ---

  /// @throws ProblemException if these are not ways to choose of, each once
  static List<Way> chosen(List<String> networks) throws ProblemException {
    List<Way> ways = new ArrayList<>();
    for (String network : networks) {
      ways.add(
          Way.ofNetwork(network)
              .filter(CHOICE::contains)
              .orElseThrow(() -> new ProblemException(ProblemKind.WAYS_INVALID)));
    }
    if (ways.isEmpty() || Set.copyOf(ways).size() != ways.size()) {
      throw new ProblemException(ProblemKind.WAYS_INVALID);
    }
    return ways;
  }

  static List<String> networks(List<Way> ways) {
    return ways.stream().map(Way::network).toList();
  }

  /// What is allowed to the devices of an account: its conversation's choice, or else the default.
  List<Way> allowed(Step step, AccountId account) {
    return step.tables().contacts().ways(account).orElseGet(() -> step.tables().account().ways());
  }

  /// Everything in the order in which it is tried. Who allows the federated way allows the one node
  /// of two who live together, too: it is both their homes.
  List<Way> allowed(Step step, AccountId account, List<? extends Place> theirs) {
    return withShared(allowed(step, account), theirs);
  }

  private List<Way> withShared(List<Way> allowed, List<? extends Place> theirs) {
    int federated = allowed.indexOf(Way.FEDERATED);
    boolean shared = node(theirs).filter(this::isHome).isPresent();
    if (federated < 0 || allowed.contains(Way.RELAY) || !shared) {
      return allowed;
    }
    List<Way> more = new ArrayList<>(allowed);
    more.add(federated, Way.RELAY);
    return more;
  }

  // --- what is possible ---

  /// How a way leads from here to who lives at these places; empty: there is no such way.
  Optional<Path> path(Way way, List<? extends Place> theirs) {
    return switch (way) {
      case RELAY -> node(theirs).map(node -> Path.through(ours(node).orElse(node)));
      case FEDERATED -> node(theirs).filter(node -> !isHome(node)).flatMap(this::byHome);
      case ONION -> network(theirs).map(Path::into);
      case DIRECT -> Optional.empty();
    };
  }

  private static Optional<NodeAddress> node(List<? extends Place> places) {
    return places.stream()
        .filter(NodeAddress.class::isInstance)
        .map(NodeAddress.class::cast)
        .findFirst();
  }

  private static Optional<NetworkAddress> network(List<? extends Place> places) {
    return places.stream()
        .filter(NetworkAddress.class::isInstance)
        .map(NetworkAddress.class::cast)
        .findFirst();
  }

  private Optional<Path> byHome(NodeAddress theirs) {
    return gate().map(home -> Path.through(home, theirs));
  }

  /// Our own node, if it is theirs as well.
  private Optional<NodeAddress> ours(NodeAddress theirs) {
    return gate().filter(home -> home.key().equals(theirs.key()));
  }

  private Optional<NodeAddress> gate() {
    return core.own().gate().flatMap(Home::withAdmission).map(NodeAddress.WithAdmission::node);
  }

  boolean isHome(NodeAddress theirs) {
    return ours(theirs).isPresent();
  }

  /// The allowed and possible ways to a device, in the order in which they are tried.
  List<Route> routes(Step step, Peer peer) {
    List<Place> places = places(peer);
    List<Route> routes = new ArrayList<>();
    for (Way way : allowed(step, peer.address().account(), places)) {
      path(way, places).ifPresent(path -> routes.add(route(way, peer, path)));
    }
    return routes;
  }

  static List<Place> places(Peer peer) {
    return peer.targets().stream().map(MailboxTarget::place).toList();
  }

  /// The mailbox at the end of a path.
  private static Route route(Way way, Peer peer, Path path) {
    Place end = path.end().orElseThrow();
    MailboxTarget target =
        peer.targets().stream()
            .filter(each -> each.place().name().equals(end.name()))
            .findFirst()
            .orElseThrow();
    return new Route(way, target, path);
  }

  // --- what works ---

  /// The route to use now: the first one that works, or else one that is due to be tried again;
  /// empty while there is none.
  Optional<Route> usable(List<Route> routes) {
    return routes.stream()
        .filter(route -> condition(route.path()) == Condition.USABLE)
        .findFirst()
        .or(() -> routes.stream().filter(this::isPromising).findFirst())
        .or(() -> routes.stream().filter(this::mayBeTried).findFirst());
  }

  private boolean isPromising(Route route) {
    return isDue(route.path()) && core.nodes.missing(route.path()).isEmpty();
  }

  /// A network that is not to be trusted is not even tried.
  private boolean mayBeTried(Route route) {
    return isDue(route.path()) && !core.nodes.isDistrusted(route.path());
  }

  /// A route that would be preferred to the one in use and is due to be tried again: with a copy of
  /// one envelope, so that no letter waits for the outcome. The next trial is later.
  Optional<Route> trial(List<Route> routes, Route inUse) {
    Optional<Route> trial =
        routes.subList(0, routes.indexOf(inUse)).stream().filter(this::isPromising).findFirst();
    trial.ifPresent(route -> troubles.computeIfPresent(route.path(), (_, old) -> later(old)));
    return trial;
  }

  private Trouble later(Trouble old) {
    int failures = old.failures() + 1;
    Instant again = core.clockwork.now().plus(Dispatch.pause(core.settings, failures));
    return new Trouble(old.notAllowed(), failures, again);
  }

  private boolean isDue(Path path) {
    Trouble trouble = troubles.get(path);
    return trouble == null || !core.clockwork.now().isBefore(trouble.notBefore());
  }

  /// When the first of these is tried again. Of a network that is not to be trusted the carrier
  /// tells when it is again.
  Optional<Instant> retryAt(List<Route> routes) {
    return routes.stream()
        .filter(route -> !core.nodes.isDistrusted(route.path()))
        .flatMap(route -> Optional.ofNullable(troubles.get(route.path())).stream())
        .map(Trouble::notBefore)
        .min(Comparator.naturalOrder());
  }

  /// By which way letters to a device are wrapped now: the one in use, or else the first; if none
  /// is allowed, for its first mailbox, to be wrapped anew when one is.
  Route wrapping(Step step, Peer peer) {
    List<Route> routes = routes(step, peer);
    return usable(routes).or(() -> routes.stream().findFirst()).orElseGet(() -> anyTo(peer));
  }

  private static Route anyTo(Peer peer) {
    Place first = peer.targets().getFirst().place();
    return route(Way.to(first).getFirst(), peer, Path.to(first));
  }

  Condition condition(Path path) {
    Trouble trouble = troubles.get(path);
    if (trouble != null && trouble.notAllowed()) {
      return Condition.NOT_ALLOWED;
    }
    boolean missing = trouble != null || core.nodes.missing(path).isPresent();
    return missing ? Condition.UNREACHABLE : Condition.USABLE;
  }

  /// Who does not answer: the first one known to be out of reach, or else the last.
  Place missing(Path path) {
    return core.nodes.missing(path).or(path::end).orElseThrow();
  }

  /// A path did not work. Several failures of one attempt count once.
  void failed(Path path, boolean notAllowed) {
    Instant now = core.clockwork.now();
    Trouble before = troubles.get(path);
    if (before == null || before.notAllowed() != notAllowed || !now.isBefore(before.notBefore())) {
      int failures = before == null ? 0 : before.failures();
      troubles.put(path, later(new Trouble(notAllowed, failures, now)));
      if (before == null || before.notAllowed() != notAllowed) {
        core.views.tellTravel();
      }
    }
  }

  /// A path worked: whatever waits for it may go.
  void worked(Path path) {
    if (troubles.remove(path) != null) {
      core.views.tellTravel();
      core.serial.execute(core.dispatch::pumpEach);
    }
  }

  /// The node at the end of `reached` answers: every path that begins so is worth a try.
  void reached(Path reached) {
    troubles.keySet().removeIf(path -> beginsWith(path, reached));
  }

  private static boolean beginsWith(Path path, Path begin) {
    int length = begin.nodes().size();
    return path.network().equals(begin.network())
        && path.nodes().size() >= length
        && path.nodes().subList(0, length).equals(begin.nodes());
  }

  /// Tries everything at once.
  void forgive() {
    troubles.replaceAll((_, old) -> new Trouble(old.notAllowed(), 0, Instant.MIN));
  }

  // --- asking places of others ---

  /// A request that can be made by any path.
  interface Request<T> {
    void ask(Path path, Consumer<? super Answer<T>> outcome);
  }

  /// Whether the default ways lead to a place at all.
  boolean leadTo(Place place) {
    return !paths(place).isEmpty();
  }

  private List<Path> paths(Place place) {
    List<Place> places = List.of(place);
    return core.ledger.read(step -> withShared(step.tables().account().ways(), places)).stream()
        .flatMap(way -> path(way, places).stream())
        .toList();
  }

  /// Asks a place something by the default ways, one after the other until one works; those first
  /// that work just now.
  <T> void ask(Place place, Request<T> request, Consumer<Answer<T>> outcome) {
    List<Path> paths = new ArrayList<>(paths(place));
    paths.removeIf(core.nodes::isDistrusted);
    paths.sort(Comparator.comparing(path -> condition(path) != Condition.USABLE));
    ask(paths.iterator(), request, outcome, null);
  }

  private <T> void ask(
      Iterator<Path> paths,
      Request<T> request,
      Consumer<Answer<T>> outcome,
      @Nullable Answer<T> last) {
    if (!paths.hasNext()) {
      outcome.accept(last == null ? new Answer.Unreachable<>() : last);
      return;
    }
    Path path = core.networks.ready(paths.next());
    request.ask(
        path,
        answer ->
            core.serial.execute(
                () -> {
                  switch (answer) {
                    case Answer.Given<T> given -> {
                      worked(path);
                      outcome.accept(given);
                    }
                    case Answer.Unreachable<T> _ -> {
                      failed(path, false);
                      ask(paths, request, outcome, answer);
                    }
                    case Answer.Refused<T>(Refusal reason)
                        when reason == Refusal.NOT_ALLOWED
                            || reason == Refusal.UNREACHABLE_NODE -> {
                      failed(path, reason == Refusal.NOT_ALLOWED);
                      ask(paths, request, outcome, answer);
                    }
                    case Answer.Refused<T> refused -> outcome.accept(refused);
                  }
                }));
  }
}
