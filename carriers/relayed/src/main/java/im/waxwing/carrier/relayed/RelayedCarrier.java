package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PqcEnforcementPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Carries envelopes by way of 1 to 5 nodes, or through an onion network, over links that no
/// observer can tell the use of.
///
/// Two links per first node, one for writing to others and one for the own mailboxes, so that the
/// node cannot pair them by their connection. Each request is a packet with a layer for each node
/// of its path, under the node's packet key of the hour; from a node behind others the answer comes
/// back by reply block. Into a network everything goes over one link, to a guard. All work happens
/// on one event loop; outcomes and listeners are called on one other thread, one after the other.
public final class RelayedCarrier implements Carrier {
  /// What a link is used for.
  private enum Purpose {
    /// Deposits, and taking from others' drawers.
    WRITING,
    /// The own mailboxes and drawers.
    OWNING
  }

  private record KeeperName(Path path, Purpose purpose) {}

  private record Observed(Place place, Optional<NodeAddress> via) {
    /// A network is the same by whichever guard.
    static Observed of(Reachability now) {
      return new Observed(
          now.place(), now.place() instanceof NetworkAddress ? Optional.empty() : now.via());
    }
  }

  /// A node behind another is asked every minute; a smaller change of its clock is not told.
  private static final Duration SAME_TIME = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(RelayedCarrier.class.getName());

  private final Clock clock;
  private final Timing timing;
  private final Vertx vertx;
  private final Context loop;
  // Held here because Vert.x closes the connections of a client that the garbage collector finds.
  private final NetClient client;
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("waxwing-carrier").factory());
  private final SecureRandom random = new SecureRandom();

  // Everything below belongs to the event loop.
  private final Map<KeeperName, Keeper> keepers = new LinkedHashMap<>();
  private final Map<NetworkAddress, OnionKeeper> networks = new LinkedHashMap<>();
  private final Map<NodeAddress, AdmissionToken> homes = new HashMap<>();
  private final Map<Observed, Reachability> known = new LinkedHashMap<>();
  private final List<Consumer<? super Reachability>> watchers = new ArrayList<>();
  private final MailboxDays mailboxDays = new MailboxDays();
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);

  private RelayedCarrier(Clock clock, Timing timing) {
    this.clock = clock;
    this.timing = timing;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
    var _ =
        vertx.exceptionHandler(
            bug -> LOG.log(Level.ERROR, "a bug in the carrier; please report it", bug));
    this.loop = vertx.getOrCreateContext();
    this.client = vertx.createNetClient(clientOptions(timing));
  }

  public static RelayedCarrier start(Clock clock) {
    return start(clock, Timing.STANDARD);
  }

  public static RelayedCarrier start(Clock clock, Timing timing) {
    return new RelayedCarrier(clock, timing);
  }

  private static NetClientOptions clientOptions(Timing timing) {
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            // The node's signed word is checked instead: see Connection.
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setConnectTimeout((int) timing.answer().toMillis())
            .setSslHandshakeTimeout(timing.answer().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options
        .getSslOptions()
        .setKeyExchangeGroups(List.of(Connection.GROUP))
        .setPqcEnforcementPolicy(PqcEnforcementPolicy.STRICT);
    return options;
  }

  @Override
  public void livesAt(NodeAddress.WithAdmission home) {
    onLoop(() -> homes.put(home.node(), home.token()));
  }

  @Override
  public void enters(NetworkAddress network, NetworkMemory memory) {
    onLoop(() -> enter(network, memory));
  }

  private void enter(NetworkAddress network, NetworkMemory memory) {
    OnionKeeper entered = networks.get(network);
    if (entered == null) {
      entered = new OnionKeeper(network, memory, surroundings, timing, clock, wrapper, random);
      networks.put(network, entered);
    }
    entered.by(network);
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    mustEndAt(deposit.target().place(), path);
    onLoop(
        () -> {
          MailboxDay mailbox;
          try {
            mailbox = mailboxDays.of(deposit.target(), deposit.day());
          } catch (MalformedException _) {
            tell(outcome, new Handoff.Refused(Refusal.UNKNOWN_MAILBOX));
            return;
          }
          Request request = mailbox.deposit(deposit.id(), deposit.envelope());
          Consumer<Outcome> then = came -> tell(outcome, handoff(came));
          keeper(path, Purpose.WRITING)
              .ifPresentOrElse(
                  keeper -> keeper.request(Subject.of(mailbox), request, then),
                  () -> then.accept(new Outcome.NoAnswer()));
        });
  }

  private static Handoff handoff(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NoAnswer() -> new Handoff.Unreachable();
      case Outcome.Answered(AnswerCode code, _) ->
          Refusals.of(code).<Handoff>map(Handoff.Refused::new).orElseGet(Handoff.Accepted::new);
    };
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    mustEndAt(mailbox.target().place(), path);
    onLoop(
        () -> {
          OwnMailboxDay own = mailboxDays.of(mailbox, day);
          ask(path, Purpose.OWNING, (at, then) -> at.open(own, token, then), DONE, outcome);
        });
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    mustEndAt(mailbox.target().place(), path);
    onLoop(
        () -> {
          OwnMailboxDay own = mailboxDays.of(mailbox, day);
          Question question = (at, then) -> at.fetch(own, after, then);
          ask(path, Purpose.OWNING, question, RelayedCarrier::fetched, outcome);
        });
  }

  private static Fetched fetched(ByteString body) throws MalformedException {
    return new Fetched(
        FetchedPage.decode(body).held().stream().findFirst().map(RelayedCarrier::stored));
  }

  private static StoredEnvelope stored(Held held) {
    return new StoredEnvelope(held.sequence(), held.id(), held.envelope());
  }

  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    mustEndAt(mailbox.target().place(), path);
    MailboxEar ear = new MailboxEar(listener, this::tell);
    onLoop(
        () -> {
          ear.mailbox(mailboxDays.of(mailbox, day));
          keeper(path, Purpose.OWNING).ifPresent(keeper -> keeper.listen(ear));
        });
    return () -> {
      ear.silence();
      onLoop(() -> keeper(path, Purpose.OWNING).ifPresent(keeper -> keeper.remove(ear)));
    };
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    mustEndAt(mailbox.target().place(), path);
    if (ids.isEmpty() || ids.size() > MAX_DELETED) {
      throw new IllegalArgumentException("a deletion names 1 to " + MAX_DELETED + " envelopes");
    }
    List<EnvelopeId> named = List.copyOf(ids);
    onLoop(
        () -> {
          OwnMailboxDay own = mailboxDays.of(mailbox, day);
          Request request = own.delete(named);
          Question question = (at, then) -> at.request(Subject.of(own), request, then);
          ask(path, Purpose.OWNING, question, DONE, outcome);
        });
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    Place place = endOf(path);
    SealedObject object = new SealedObject(drawer.object().bytes());
    onLoop(
        () -> {
          OwnDrawer own = own(place, drawer);
          Question question = (at, then) -> at.put(own, object, drawer.lastDay(), token, then);
          ask(path, Purpose.OWNING, question, DONE, outcome);
        });
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    Place _ = endOf(path);
    Request request = new Request.TakeDrawer(handle, nonce);
    Subject subject = Subject.of(handle, lastDay);
    onLoop(
        () ->
            ask(
                path,
                Purpose.WRITING,
                (at, then) -> at.request(subject, request, then),
                body -> new Drawer.Sealed(SealedObject.decode(body).bytes()),
                outcome));
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    Place place = endOf(path);
    Subject subject = Subject.of(drawer.handle(), drawer.lastDay());
    onLoop(
        () -> {
          Request request = own(place, drawer).remove();
          Question question = (at, then) -> at.request(subject, request, then);
          ask(path, Purpose.OWNING, question, DONE, outcome);
        });
  }

  private static OwnDrawer own(Place place, Drawer drawer) {
    return new OwnDrawer(place.name(), drawer.handle(), drawer.ownerSeed());
  }

  /// Reads the body of an answer.
  private interface Body<T> {
    T decode(ByteString body) throws MalformedException;
  }

  private static final Body<Done> DONE = _ -> new Done();

  /// What is asked of the end of a path.
  private interface Question {
    void ask(Keeper keeper, Consumer<Outcome> outcome);
  }

  private <T> void ask(
      Path path,
      Purpose purpose,
      Question question,
      Body<T> body,
      Consumer<? super Answer<T>> outcome) {
    Consumer<Outcome> then = came -> tell(outcome, answer(came, body));
    keeper(path, purpose)
        .ifPresentOrElse(
            keeper -> question.ask(keeper, then), () -> then.accept(new Outcome.NoAnswer()));
  }

  /// An answer that makes no sense is none.
  private static <T> Answer<T> answer(Outcome outcome, Body<T> body) {
    if (!(outcome instanceof Outcome.Answered(AnswerCode code, ByteString bytes))) {
      return new Answer.Unreachable<>();
    }
    Optional<Refusal> refusal = Refusals.of(code);
    if (refusal.isPresent()) {
      return new Answer.Refused<>(refusal.get());
    }
    try {
      return new Answer.Given<>(body.decode(bytes));
    } catch (MalformedException _) {
      return new Answer.Unreachable<>();
    }
  }

  private static Place endOf(Path path) {
    if (Set.copyOf(path.nodes()).size() < path.nodes().size()) {
      throw new IllegalArgumentException("a path names each node once");
    }
    return path.end().orElseThrow(() -> new IllegalArgumentException("a path has an end"));
  }

  private static void mustEndAt(Place keeper, Path path) {
    if (!endOf(path).name().equals(keeper.name())) {
      throw new IllegalArgumentException("the path does not end where the mailbox stands");
    }
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    onLoop(
        () -> {
          watchers.add(listener);
          known.values().forEach(reachability -> tell(listener, reachability));
        });
  }

  @Override
  public void hurry() {
    onLoop(
        () -> {
          List.copyOf(keepers.values()).forEach(Keeper::hurry);
          networks.values().forEach(Keeper::hurry);
        });
  }

  @Override
  public void close() {
    events.shutdownNow();
    onLoop(
        () -> {
          keepers.values().forEach(Keeper::close);
          networks.values().forEach(Keeper::close);
        });
    var _ = vertx.close();
  }

  /// The end of a path, as it is asked for one purpose; empty: a network that was not entered.
  private Optional<Keeper> keeper(Path path, Purpose purpose) {
    return path.network().isPresent()
        ? Optional.ofNullable(networks.get(path.network().get()))
        : Optional.of(nodeKeeper(path, purpose));
  }

  /// All paths of a purpose that begin at one node share the link to it.
  private Keeper nodeKeeper(Path path, Purpose purpose) {
    KeeperName name = new KeeperName(path, purpose);
    Keeper keeper = keepers.get(name);
    if (keeper == null) {
      keeper = path.hands() == 1 ? link(path) : farKeeper(path, purpose);
      keepers.put(name, keeper);
    }
    return keeper;
  }

  private NodeLink link(Path path) {
    NodeAddress node = path.nodes().getFirst();
    return new NodeLink(node, surroundings, timing, clock, new Backoff(timing, random), wrapper);
  }

  private FarKeeper farKeeper(Path path, Purpose purpose) {
    Keeper first = nodeKeeper(Path.through(path.nodes().getFirst()), purpose);
    return new FarKeeper(
        (NodeLink) first,
        path.nodes(),
        surroundings,
        timing,
        clock,
        new Backoff(timing, random),
        wrapper,
        random);
  }

  private final Surroundings surroundings =
      new Surroundings() {
        @Override
        public void connect(Caller caller) {
          RelayedCarrier.this.connect(caller);
        }

        @Override
        public long after(Duration delay, Runnable task) {
          return vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
        }

        @Override
        public void cancel(long timer) {
          boolean _ = vertx.cancelTimer(timer);
        }

        @Override
        public <T> void work(Supplier<T> work, Consumer<T> then) {
          var _ =
              loop.<T>executeBlocking(work::get)
                  .onSuccess(then::accept)
                  .onFailure(
                      bug -> LOG.log(Level.ERROR, "a bug in what the carrier was given", bug));
        }

        @Override
        public void reachability(NodeLink link, Reachability now) {
          RelayedCarrier.this.reachability(link, now);
        }

        @Override
        public void reachabilityBehind(Reachability now) {
          if (!isOldNews(known.get(Observed.of(now)), now)) {
            tellWatchers(now);
          }
        }

        @Override
        public Optional<AdmissionToken> tokenFor(NodeAddress home) {
          return Optional.ofNullable(homes.get(home));
        }
      };

  private static boolean isOldNews(@Nullable Reachability before, Reachability now) {
    return before instanceof Reachability.Reachable then
        && now instanceof Reachability.Reachable still
        && still.via().equals(then.via())
        && still.ahead().minus(then.ahead()).abs().compareTo(SAME_TIME) < 0;
  }

  private void connect(Caller caller) {
    String host = caller.host().replace("[", "").replace("]", "");
    client
        .connect(caller.port(), host)
        .onSuccess(caller::connected)
        .onFailure(cause -> caller.failed(saysWrongThings(cause)));
  }

  /// Whether something answered that does not speak TLS as a node must; silence and a connection
  /// cut during the handshake say nothing about who is there.
  private static boolean saysWrongThings(Throwable cause) {
    return cause instanceof SSLException
        && !(cause instanceof SslHandshakeTimeoutException)
        && !String.valueOf(cause.getMessage()).startsWith("Connection closed");
  }

  /// A node counts as reachable while one of its links is up. Links to a network's guards are the
  /// network's own business.
  private void reachability(NodeLink link, Reachability now) {
    if (!keepers.containsValue(link)) {
      return;
    }
    Reachability before = known.get(Observed.of(now));
    boolean up =
        keepers.values().stream()
            .anyMatch(k -> k instanceof NodeLink l && l.node().equals(link.node()) && l.isUp());
    boolean news =
        now instanceof Reachability.Reachable ? !(before instanceof Reachability.Reachable) : !up;
    if (news) {
      tellWatchers(now);
    }
  }

  private void tellWatchers(Reachability now) {
    known.put(Observed.of(now), now);
    watchers.forEach(watcher -> tell(watcher, now));
  }

  private void onLoop(Runnable work) {
    loop.runOnContext(_ -> work.run());
  }

  private <T> void tell(Consumer<? super T> listener, T told) {
    tell(() -> listener.accept(told));
  }

  private void tell(Runnable call) {
    try {
      events.execute(call);
    } catch (RejectedExecutionException _) {
      // Closed: nobody listens any more.
    }
  }
}
