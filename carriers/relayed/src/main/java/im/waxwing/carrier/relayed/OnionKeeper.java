package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import im.waxwing.protocol.VerifyingKey;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.Placement;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The swarms of an onion network, as the carrier asks them: each request is a packet by a fresh
/// path of three relays to a member, its answer comes by another one (swarm.md §10). No node ever
/// sees the app's address together with a mailbox.
///
/// Belongs to the carrier's event loop.
final class OnionKeeper implements Keeper, Entrance.Events {
  private static final int MOST_IN_FLIGHT = 32;
  private static final int MOST_WAITING = 4_096;
  private static final int SWARMS_REMEMBERED = 2_000;

  /// What can be done only with a consensus.
  private record Undecided(Consumer<Consensus> then, Consumer<Outcome> outcome, long timer) {}

  private final Surroundings surroundings;
  private final Timing timing;
  private final Clock clock;
  private final PacketWrapper wrapper;
  private final RandomGenerator random;
  private final Entrance entrance;
  private final Routes routes;
  private final Deque<Errand> waiting = new ArrayDeque<>();
  private final Set<Errand> inFlight = new LinkedHashSet<>();

  /// Those for which no path is known.
  private final Set<Errand> stuck = new LinkedHashSet<>();

  private final List<Undecided> undecided = new ArrayList<>();
  private final LinkedHashMap<MailboxEar, SwarmEar> ears = new LinkedHashMap<>();
  private final Pulse pulse;
  private final Map<Subject, List<Entry>> swarms = new HashMap<>();
  private @Nullable Consensus placedBy;
  private boolean closed;

  OnionKeeper(
      NetworkAddress network,
      NetworkMemory memory,
      Surroundings surroundings,
      Timing timing,
      Clock clock,
      PacketWrapper wrapper,
      RandomGenerator random) {
    this.surroundings = surroundings;
    this.timing = timing;
    this.clock = clock;
    this.wrapper = wrapper;
    this.random = random;
    this.entrance =
        new Entrance(network, memory, surroundings, timing, clock, random, wrapper, this);
    this.routes = new Routes(entrance.atlas(), clock, random);
    this.pulse = new Pulse(surroundings, random, this::tick);
  }

  /// Another place that hands out the network's documents.
  void by(NetworkAddress entry) {
    entrance.by(entry);
  }

  @Override
  public void request(Subject subject, Request request, Consumer<Outcome> outcome) {
    run(Errand.toSwarm(subject, request, outcome));
  }

  @Override
  public void open(OwnMailboxDay mailbox, AdmissionToken token, Consumer<Outcome> outcome) {
    admitted(mailbox.owner(), Subject.of(mailbox), mailbox::open, outcome);
  }

  @Override
  public void put(
      OwnDrawer drawer,
      SealedObject object,
      Day lastDay,
      AdmissionToken token,
      Consumer<Outcome> outcome) {
    admitted(
        drawer.owner(),
        Subject.of(drawer.handle(), lastDay),
        earned -> drawer.put(object, lastDay, earned),
        outcome);
  }

  /// A network admits who works for it (swarm.md §2).
  private void admitted(
      VerifyingKey owner,
      Subject subject,
      Function<AdmissionToken, Request> request,
      Consumer<Outcome> outcome) {
    withConsensus(
        consensus -> {
          int price = consensus.parameters().admissionZeroBits();
          SwarmAdmission admission = new SwarmAdmission(consensus.network().bytes(), price);
          surroundings.work(
              () -> request.apply(admission.earn(owner, subject.name())),
              signed -> request(subject, signed, outcome));
        },
        outcome);
  }

  @Override
  public void fetch(OwnMailboxDay mailbox, long after, Consumer<Outcome> outcome) {
    withConsensus(_ -> new SwarmFetch(this, mailbox, after, outcome).next(), outcome);
  }

  private void withConsensus(Consumer<Consensus> then, Consumer<Outcome> outcome) {
    Optional<Routes.Start> start = entrance.start();
    if (start.isPresent()) {
      then.accept(start.get().consensus());
    } else if (closed || entrance.isDown()) {
      outcome.accept(new Outcome.NoAnswer());
    } else {
      long timer = surroundings.after(timing.answer(), this::forgetUndecided);
      undecided.add(new Undecided(then, outcome, timer));
    }
  }

  /// They were asked for in this order, and end in it.
  private void forgetUndecided() {
    undecided.removeFirst().outcome().accept(new Outcome.NoAnswer());
  }

  private List<Undecided> takeUndecided() {
    List<Undecided> all = List.copyOf(undecided);
    undecided.clear();
    all.forEach(one -> surroundings.cancel(one.timer()));
    return all;
  }

  void run(Errand errand) {
    if (closed || entrance.isDown() || waiting.size() >= MOST_WAITING) {
      errand.outcome.accept(new Outcome.NoAnswer());
      return;
    }
    waiting.add(errand);
    errand.timer = surroundings.after(patience().inRow(waiting.size()), () -> timedOut(errand));
    sendWaiting();
  }

  private Patience patience() {
    return new Patience(timing, mixed());
  }

  /// How a network of mixed mode is used; empty: none, or one of fast mode.
  private Optional<Parameters> mixed() {
    return entrance
        .start()
        .filter(Routes.Start::isMixed)
        .map(start -> start.consensus().parameters());
  }

  boolean isMixed() {
    return mixed().isPresent();
  }

  /// The members that can be asked about something, the best placed first; empty: there is no
  /// consensus to go by, or none that tells.
  List<Entry> members(Subject subject) {
    return entrance.start().map(start -> swarm(start.consensus(), subject)).orElse(List.of());
  }

  /// Whether the rules let us ask the member.
  boolean canAsk(Entry member) {
    return entrance.start().filter(start -> routes.canReach(start, member)).isPresent();
  }

  /// So many members have to be asked that whatever a quorum has is found.
  int enough(List<Entry> swarm) {
    int quorum = entrance.start().map(start -> start.consensus().parameters().quorum()).orElse(0);
    return Math.max(1, swarm.size() - quorum + 1);
  }

  private List<Entry> swarm(Consensus consensus, Subject subject) {
    if (!consensus.equals(placedBy) || swarms.size() > SWARMS_REMEMBERED) {
      swarms.clear();
      placedBy = consensus;
    }
    return swarms.computeIfAbsent(
        subject, what -> Placement.swarm(consensus, what.name(), what.day()));
  }

  private void sendWaiting() {
    Optional<Routes.Start> start = entrance.start().filter(from -> !from.isMixed());
    Optional<NodeLink> guard = entrance.guard();
    while (start.isPresent() && guard.isPresent() && maySend() && !guard.get().isFull()) {
      send(waiting.remove(), start.get(), guard.get());
    }
  }

  private boolean maySend() {
    Errand next = waiting.peek();
    return next != null && (inFlight.size() < MOST_IN_FLIGHT || inFlight.contains(next));
  }

  /// One packet, whatever there is to send: in mixed mode nobody sees whether there is anything.
  private void tick() {
    Optional<Routes.Start> start = entrance.start().filter(Routes.Start::isMixed);
    Optional<NodeLink> guard = entrance.guard().filter(link -> !link.isFull());
    if (start.isEmpty() || guard.isEmpty()) {
      return;
    }
    boolean sent = false;
    while (!sent && !waiting.isEmpty()) {
      sent = send(waiting.remove(), start.get(), guard.get());
    }
    if (!sent && !sendCover(start.get(), guard.get())) {
      sendLoop(start.get(), guard.get());
    }
  }

  private boolean sendCover(Routes.Start start, NodeLink guard) {
    Optional<Errand> cover = cover();
    return cover.isPresent() && send(cover.get(), start, guard);
  }

  /// A fetch from one of the mailboxes that are listened to, in turn.
  private Optional<Errand> cover() {
    Map.Entry<MailboxEar, SwarmEar> next = ears.pollFirstEntry();
    if (next == null) {
      return Optional.empty();
    }
    ears.put(next.getKey(), next.getValue());
    return next.getValue().poll();
  }

  private void sendLoop(Routes.Start start, NodeLink guard) {
    routes
        .loop(start)
        .ifPresentOrElse(route -> sendLoop(new Errand.Try(route, guard)), entrance::askNodes);
  }

  private void sendLoop(Errand.Try loop) {
    Replies.Given given =
        loop.guard
            .replies()
            .expect(
                loop.route.backs().getFirst(),
                (_, _) -> {
                  settle(loop);
                  routes.worked(loop.route.nodes());
                });
    loop.reply = given.id();
    loop.doubtTimer =
        surroundings.after(
            patience().onePacket(),
            () -> {
              loop.forget();
              routes.failed(loop.route.nodes());
            });
    byte[] nothing = new Frame.Answer(0, AnswerCode.OK, ByteString.EMPTY).encodeReply();
    loop.guard.pass(wrapper.reply(given.block(), nothing).packet());
  }

  /// False: no packet was sent.
  private boolean send(Errand errand, Routes.Start start, NodeLink guard) {
    List<Entry> swarm = swarm(start.consensus(), errand.subject);
    if (swarm.isEmpty()) {
      finish(errand, new Outcome.Answered(AnswerCode.WRONG_DAY, ByteString.EMPTY));
      return false;
    }
    List<Entry> candidates = errand.candidates(swarm);
    if (candidates.isEmpty()) {
      finish(errand, errand.lastWord());
      return false;
    }
    int blocks = errand.stock.isPresent() ? NumberedRequest.MOST_BLOCKS : 1;
    Optional<Routes.Route> route = routes.choose(start, candidates, blocks);
    route.ifPresentOrElse(found -> send(errand, found, guard), () -> hold(errand));
    return route.isPresent();
  }

  /// Until keys of more nodes are known.
  private void hold(Errand errand) {
    stuck.add(errand);
    entrance.askNodes();
  }

  private void send(Errand errand, Routes.Route route, NodeLink guard) {
    Errand.Try attempt = new Errand.Try(route, guard);
    if (errand.tries.isEmpty()) {
      surroundings.cancel(errand.timer);
      errand.timer = surroundings.after(patience().whole(), () -> timedOut(errand));
    }
    errand.tries.add(attempt);
    errand.framesBefore = guard.framesReceived();
    attempt.doubtTimer = surroundings.after(patience().onePacket(), () -> doubt(errand, attempt));
    inFlight.add(errand);
    guard.pass(packet(errand, attempt));
  }

  private ByteString packet(Errand errand, Errand.Try attempt) {
    List<List<Hop>> backs = attempt.route.backs();
    Replies.Given forAnswer =
        attempt
            .guard
            .replies()
            .expect(backs.getFirst(), (_, notice) -> heard(errand, attempt, notice));
    attempt.reply = forAnswer.id();
    List<ReplyBlock> blocks = new ArrayList<>();
    blocks.add(forAnswer.block());
    errand.stock.ifPresent(stock -> blocks.addAll(stock.blocks(backs.subList(1, backs.size()))));
    long number =
        errand.stock.map(Stock::number).orElseGet(() -> random.nextLong(1, Long.MAX_VALUE));
    byte[] payload = new NumberedRequest(blocks, number, errand.request).encode();
    return wrapper.wrap(attempt.route.there(), RecipientId.NODE, payload).packet();
  }

  private void heard(Errand errand, Errand.Try attempt, Frame.Notice notice) {
    if (!(notice instanceof Frame.Answer answer)) {
      errand.stock.ifPresent(stock -> stock.heard(notice));
      return;
    }
    Optional<Routes.Start> start = entrance.start();
    if (!inFlight.contains(errand) || start.isEmpty()) {
      return;
    }
    settle(attempt);
    routes.worked(attempt.route.nodes());
    NodeKey from = attempt.route.coordinator();
    Consensus consensus = start.get().consensus();
    errand
        .judged(from, answer, consensus, swarm(consensus, errand.subject))
        .ifPresentOrElse(
            outcome -> finish(errand, outcome), () -> disbelieved(errand, from, answer.code()));
  }

  private void disbelieved(Errand errand, NodeKey from, AnswerCode said) {
    if (said == AnswerCode.OK) {
      routes.failed(Set.of(from));
    } else if (said == AnswerCode.NOT_ALLOWED) {
      entrance.doubtConsensus();
    }
    again(errand);
  }

  /// One of the nodes was perhaps started anew and has other keys, or lost the packet.
  private void doubt(Errand errand, Errand.Try attempt) {
    if (!attempt.over && inFlight.contains(errand)) {
      attempt.over = true;
      routes.failed(attempt.route.nodes());
      entrance.askNodes();
      again(errand);
    }
  }

  private void again(Errand errand) {
    if (!waiting.contains(errand)) {
      waiting.addFirst(errand);
    }
    sendWaiting();
  }

  private void timedOut(Errand errand) {
    boolean sent = inFlight.contains(errand);
    finish(errand, new Outcome.NoAnswer());
    if (sent) {
      entrance.guard().ifPresent(guard -> guard.closeIfSilentSince(errand.framesBefore));
    }
  }

  private void finish(Errand errand, Outcome outcome) {
    waiting.remove(errand);
    inFlight.remove(errand);
    stuck.remove(errand);
    surroundings.cancel(errand.timer);
    errand.tries.forEach(this::settle);
    errand.outcome.accept(outcome);
    sendWaiting();
  }

  private void settle(Errand.Try attempt) {
    surroundings.cancel(attempt.doubtTimer);
    attempt.forget();
  }

  @Override
  public void listen(MailboxEar ear) {
    SwarmEar merged = new SwarmEar(ear, this, surroundings, timing, clock, random);
    ears.put(ear, merged);
    merged.goOn();
  }

  /// A stock for pushes by the guard in use; empty: there is none.
  Optional<Stock> stock(Stock.Owner owner) {
    return entrance
        .guard()
        .map(guard -> new Stock(owner, guard.replies(), surroundings, timing, random));
  }

  Duration keysLeft() {
    return entrance.keysLeft();
  }

  @Override
  public void remove(MailboxEar ear) {
    SwarmEar merged = ears.remove(ear);
    if (merged != null) {
      merged.end();
    }
  }

  @Override
  public void open() {
    takeUndecided().forEach(one -> withConsensus(one.then(), one.outcome()));
    List.copyOf(ears.values()).forEach(SwarmEar::goOn);
    mixed().ifPresentOrElse(how -> pulse.beat(how.sendInterval()), pulse::stop);
    sendWaiting();
  }

  /// What was sent by the guard that is gone is sent again by the next one.
  @Override
  public void shut() {
    pulse.stop();
    List.copyOf(ears.values()).forEach(SwarmEar::lost);
    all().stream()
        .filter(errand -> errand.stock.isPresent())
        .forEach(errand -> finish(errand, new Outcome.NoAnswer()));
    for (Errand errand : List.copyOf(inFlight).reversed()) {
      errand.tries.forEach(this::settle);
      errand.tries.clear();
      if (!waiting.contains(errand)) {
        waiting.addFirst(errand);
      }
    }
    inFlight.clear();
  }

  @Override
  public void lost() {
    takeUndecided().forEach(one -> one.outcome().accept(new Outcome.NoAnswer()));
    all().forEach(errand -> finish(errand, new Outcome.NoAnswer()));
  }

  private Set<Errand> all() {
    Set<Errand> all = new LinkedHashSet<>(waiting);
    all.addAll(inFlight);
    all.addAll(stuck);
    return all;
  }

  @Override
  public void toldOfNodes(Set<NodeKey> anew) {
    List.copyOf(stuck).reversed().forEach(waiting::addFirst);
    stuck.clear();
    for (Errand errand : List.copyOf(inFlight)) {
      errand.tries.stream()
          .filter(attempt -> !Collections.disjoint(attempt.route.nodes(), anew))
          .toList()
          .forEach(attempt -> doubt(errand, attempt));
    }
    List.copyOf(ears.values()).forEach(ear -> ear.startedAnew(anew));
    sendWaiting();
  }

  @Override
  public void drained() {
    sendWaiting();
  }

  @Override
  public void hurry() {
    entrance.hurry();
  }

  @Override
  public void close() {
    closed = true;
    pulse.stop();
    entrance.close();
  }
}
