package im.waxwing.testkit;

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
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One person's [Carrier] over a [SimulatedNetwork]: two lines to each node, as the real one has,
/// one for deposits and drawers, one for the own mailboxes. Paths have one node, or two: the home
/// node and another; or they lead into an onion network. Mailboxes are listened to without a node
/// between. All outcomes come as pieces of the machine's program.
///
/// One thread at a time.
public final class SimulatedCarrier implements Carrier {
  private final SimulatedNetwork network;
  private final Machine machine;
  private final Map<NodeAddress, NodeLines> nodes = new LinkedHashMap<>();
  private final Map<NetworkAddress, OnionWay> networks = new LinkedHashMap<>();
  private final Map<WriterDay, MailboxDay> writerDays = new HashMap<>();
  private final Map<OwnerDay, OwnMailboxDay> ownerDays = new HashMap<>();
  private final Map<NodeKey, AdmissionToken> homes = new HashMap<>();
  private final Map<Observed, Reachability> known = new LinkedHashMap<>();
  private final List<Consumer<? super Reachability>> watchers = new ArrayList<>();
  private boolean closed;

  private record WriterDay(MailboxTarget target, Day day) {}

  private record OwnerDay(OwnMailbox mailbox, Day day) {}

  /// A node, and by way of which other one.
  private record Observed(Place place, Optional<NodeAddress> via) {}

  /// Both lines to one node, what is read on the second, and the ways from there to other nodes.
  private final class NodeLines implements AutoCloseable {
    final NodeAddress address;
    final Line writing;
    final Line reading;
    final Map<Long, Reading> readings = new LinkedHashMap<>();
    final Map<NodeAddress, FarLine> behind = new LinkedHashMap<>();

    NodeLines(NodeAddress address) {
      this.address = address;
      this.writing = new Line(network, machine, address, new LineWatch(this, false));
      this.reading = new Line(network, machine, address, new LineWatch(this, true));
    }

    boolean isOpen() {
      return writing.isOpen() || reading.isOpen();
    }

    FarLine to(NodeAddress far) {
      return behind.computeIfAbsent(
          far,
          _ ->
              new FarLine(
                  network,
                  machine,
                  writing,
                  address,
                  far,
                  () -> Optional.ofNullable(homes.get(address.key())),
                  SimulatedCarrier.this::tell));
    }

    @Override
    public void close() {
      writing.close();
      reading.close();
    }
  }

  private final class LineWatch implements Line.Listener {
    private final NodeLines lines;
    private final boolean reads;

    LineWatch(NodeLines lines, boolean reads) {
      this.lines = lines;
      this.reads = reads;
    }

    @Override
    public void opened(NodeInfo info) {
      tell(
          new Reachability.Reachable(
              lines.address, Duration.between(machine.clock().instant(), info.time())));
      if (reads) {
        List<Reading> again = List.copyOf(lines.readings.values());
        lines.readings.clear();
        again.forEach(Reading::begin);
      } else {
        lines.behind.values().forEach(FarLine::opened);
      }
    }

    @Override
    public void lost(Instant retryAt, boolean impostor) {
      if (impostor) {
        tell(new Reachability.Impostor(lines.address, retryAt));
      } else if (!lines.isOpen()) {
        tell(new Reachability.Lost(lines.address, retryAt));
      }
      if (!reads) {
        lines.behind.values().forEach(far -> far.lost(retryAt));
      }
    }

    @Override
    public void replied(Frame.Reply reply) {
      lines.behind.values().forEach(far -> far.replied(reply));
    }

    @Override
    public void pushed(Frame frame) {
      switch (frame) {
        case Frame.Push(long number, Held held) ->
            reading(number).ifPresent(reading -> reading.listener.arrived(stored(held)));
        case Frame.CaughtUp(long number) ->
            reading(number).ifPresent(reading -> reading.listener.caughtUp());
        default -> throw new IllegalArgumentException("only pushes are pushed");
      }
    }

    private Optional<Reading> reading(long number) {
      return Optional.ofNullable(lines.readings.get(number));
    }
  }

  /// A subscription, begun anew on each connection, and after a pause where the node was busy.
  private final class Reading implements Subscription {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private final NodeLines lines;
    private final OwnMailboxDay mailbox;
    private final MailboxListener listener;
    private long number;
    private long begun;
    private boolean over;
    private Duration pause = FIRST_PAUSE;

    Reading(NodeLines lines, OwnMailboxDay mailbox, MailboxListener listener) {
      this.lines = lines;
      this.mailbox = mailbox;
      this.listener = listener;
    }

    void begin() {
      if (!over && !closed) {
        lines.readings.remove(number, this);
        long current = ++begun;
        number =
            lines.reading.ask(
                mailbox.subscribe(),
                answer -> {
                  if (current == begun) {
                    answered(answer);
                  }
                });
        lines.readings.put(number, this);
      }
    }

    private void beginUnlessBegun(long before) {
      if (begun == before) {
        begin();
      }
    }

    private void answered(Optional<Frame.Answer> answer) {
      if (over) {
        return;
      }
      if (answer.isEmpty()) {
        lines.reading.startAnew();
      } else if (answer.get().code() == AnswerCode.BUSY) {
        lines.readings.remove(number);
        long refused = begun;
        machine.after(pause, () -> beginUnlessBegun(refused));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      } else if (answer.get().code() != AnswerCode.OK) {
        end();
        listener.refused(refusal(answer.get().code()));
      } else {
        pause = FIRST_PAUSE;
      }
    }

    private void end() {
      over = true;
      lines.readings.remove(number);
    }

    @Override
    public void close() {
      if (!over && !closed) {
        end();
        lines.reading.ask(new Request.Unsubscribe(number), _ -> {});
      }
    }
  }

  public SimulatedCarrier(SimulatedNetwork network, Machine machine) {
    this.network = network;
    this.machine = machine;
  }

  @Override
  public void livesAt(NodeAddress.WithAdmission home) {
    homes.put(home.node().key(), home.token());
  }

  @Override
  public void enters(NetworkAddress address, NetworkMemory memory) {
    ByteString before = memory.recall().orElse(address.id().bytes());
    if (!before.equals(address.id().bytes())) {
      throw new IllegalArgumentException("this is not what was kept of the network");
    }
    memory.keep(before);
    networks.computeIfAbsent(
        address, _ -> new OnionWay(network.onion(address), machine, this::tell));
  }

  private OnionWay into(NetworkAddress address) {
    return Objects.requireNonNull(networks.get(address), "a network is entered before its use");
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    try {
      MailboxDay mailbox = writerDay(deposit.target(), deposit.day());
      Request request = mailbox.deposit(deposit.id(), deposit.envelope());
      write(path, request, answer -> outcome.accept(handoff(answer)));
    } catch (MalformedException e) {
      machine.after(
          Duration.ZERO, () -> outcome.accept(new Handoff.Refused(Refusal.UNKNOWN_MAILBOX)));
    }
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    read(path, ownerDay(mailbox, day).open(token), done(outcome));
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    if (path.network().isPresent()) {
      machine.step();
      into(path.network().get()).fetch(ownerDay(mailbox, day), after, outcome::accept);
      return;
    }
    Request request = ownerDay(mailbox, day).fetch(after);
    read(path, request, answer -> outcome.accept(fetched(answer)));
  }

  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    machine.step();
    if (path.network().isPresent()) {
      return into(path.network().get()).listen(ownerDay(mailbox, day), listener);
    }
    Reading reading = new Reading(only(path), ownerDay(mailbox, day), listener);
    reading.begin();
    return reading;
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    read(path, ownerDay(mailbox, day).delete(ids), done(outcome));
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    SealedObject object = new SealedObject(drawer.object().bytes());
    write(path, own(path, drawer).put(object, drawer.lastDay(), token), done(outcome));
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    Request request = new Request.TakeDrawer(handle, nonce);
    write(path, request, answer -> outcome.accept(sealed(answer)));
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    write(path, own(path, drawer).remove(), done(outcome));
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    watchers.add(listener);
    List<Reachability> soFar = List.copyOf(known.values());
    machine.after(Duration.ZERO, () -> soFar.forEach(listener));
  }

  @Override
  public void hurry() {
    nodes
        .values()
        .forEach(
            lines -> {
              lines.writing.hurry();
              lines.reading.hurry();
              lines.behind.values().forEach(FarLine::hurry);
            });
  }

  @Override
  public void close() {
    closed = true;
    nodes.values().forEach(NodeLines::close);
    networks.values().forEach(OnionWay::close);
    watchers.clear();
  }

  private static Consumer<Optional<Frame.Answer>> done(Consumer<? super Answer<Done>> outcome) {
    return answer -> outcome.accept(given(answer, _ -> new Done()));
  }

  private void write(Path path, Request request, Consumer<Optional<Frame.Answer>> outcome) {
    ask(path, lines -> lines.writing, request, outcome);
  }

  private void read(Path path, Request request, Consumer<Optional<Frame.Answer>> outcome) {
    ask(path, lines -> lines.reading, request, outcome);
  }

  /// The power may go before the request leaves, and when it has left.
  private void ask(
      Path path,
      Function<NodeLines, Line> line,
      Request request,
      Consumer<Optional<Frame.Answer>> outcome) {
    machine.step();
    switch (path.hands()) {
      case 1 -> line.apply(first(path)).ask(request, outcome);
      case Path.HANDS_IN_NETWORK -> into(path.network().orElseThrow()).ask(request, outcome);
      case 2 -> first(path).to(path.nodes().getLast()).ask(request, outcome);
      default -> throw new IllegalArgumentException("a simulated path has one node or two");
    }
    machine.step();
  }

  private void tell(Reachability reachability) {
    known.put(new Observed(reachability.place(), reachability.via()), reachability);
    List.copyOf(watchers).forEach(watcher -> watcher.accept(reachability));
  }

  private NodeLines first(Path path) {
    return nodes.computeIfAbsent(path.nodes().getFirst(), NodeLines::new);
  }

  private NodeLines only(Path path) {
    if (path.hands() != 1) {
      throw new IllegalArgumentException("mailboxes are listened to without a node between");
    }
    return first(path);
  }

  private MailboxDay writerDay(MailboxTarget target, Day day) throws MalformedException {
    WriterDay key = new WriterDay(target, day);
    MailboxDay mailbox = writerDays.get(key);
    if (mailbox == null) {
      mailbox = MailboxDay.of(target, day);
      writerDays.put(key, mailbox);
    }
    return mailbox;
  }

  private OwnMailboxDay ownerDay(OwnMailbox mailbox, Day day) {
    return ownerDays.computeIfAbsent(
        new OwnerDay(mailbox, day), key -> OwnMailboxDay.of(key.mailbox(), key.day()));
  }

  private static OwnDrawer own(Path path, Drawer drawer) {
    return new OwnDrawer(path.end().orElseThrow().name(), drawer.handle(), drawer.ownerSeed());
  }

  private static Handoff handoff(Optional<Frame.Answer> answer) {
    if (answer.isEmpty()) {
      return new Handoff.Unreachable();
    }
    return answer.get().code() == AnswerCode.OK
        ? new Handoff.Accepted()
        : new Handoff.Refused(refusal(answer.get().code()));
  }

  /// Reads the body of a good answer.
  private interface Body<T> {
    T read(ByteString body) throws MalformedException;
  }

  private static Answer<Fetched> fetched(Optional<Frame.Answer> answer) {
    return given(
        answer,
        body ->
            new Fetched(
                FetchedPage.decode(body).held().stream()
                    .findFirst()
                    .map(SimulatedCarrier::stored)));
  }

  private static Answer<Drawer.Sealed> sealed(Optional<Frame.Answer> answer) {
    return given(answer, body -> new Drawer.Sealed(SealedObject.decode(body).bytes()));
  }

  private static <T> Answer<T> given(Optional<Frame.Answer> answer, Body<T> reader) {
    if (answer.isEmpty()) {
      return new Answer.Unreachable<>();
    }
    if (answer.get().code() != AnswerCode.OK) {
      return new Answer.Refused<>(refusal(answer.get().code()));
    }
    try {
      return new Answer.Given<>(reader.read(answer.get().body()));
    } catch (MalformedException e) {
      return new Answer.Unreachable<>();
    }
  }

  private static StoredEnvelope stored(Held held) {
    return new StoredEnvelope(held.sequence(), held.id(), held.envelope());
  }

  private static Refusal refusal(AnswerCode code) {
    return switch (code) {
      case OK -> throw new IllegalArgumentException("no refusal");
      case UNKNOWN_MAILBOX -> Refusal.UNKNOWN_MAILBOX;
      case WRONG_DAY -> Refusal.WRONG_DAY;
      case FULL -> Refusal.FULL;
      case CONFLICT -> Refusal.CONFLICT;
      case NOT_ADMITTED -> Refusal.NOT_ADMITTED;
      case TAKEN -> Refusal.TAKEN;
      case UNKNOWN_DRAWER -> Refusal.UNKNOWN_DRAWER;
      case BUSY -> Refusal.BUSY;
      case BAD_SIGNATURE -> Refusal.BAD_SIGNATURE;
      case UNREACHABLE_NODE -> Refusal.UNREACHABLE_NODE;
      case NOT_ALLOWED -> Refusal.NOT_ALLOWED;
    };
  }
}
