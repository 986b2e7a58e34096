package im.waxwing.engine;

import im.waxwing.base.ByteString;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// One person's ways to the nodes of a [MemoryNet], over one node or two: every answer takes ten
/// milliseconds; the person can be cut off, from everything or from one node.
final class MemoryCarrier implements Carrier {
  private static final Duration WAY = Duration.ofMillis(5);

  private final Hours hours;
  private final MemoryNet net;
  private final Set<MemoryNode> linked = new LinkedHashSet<>();
  private final Set<MemoryNode> cutOff = new HashSet<>();
  private final Map<NetworkAddress, NetworkMemory> entered = new LinkedHashMap<>();

  /// What was kept from before of each network that was entered. Where it was told that a network
  /// can be entered.
  final List<String> entries = new ArrayList<>();

  final List<Optional<ByteString>> remembered = new ArrayList<>();

  private final List<Consumer<? super Reachability>> observers = new ArrayList<>();
  private final List<Subscribed> subscriptions = new ArrayList<>();
  private boolean online;
  private boolean closed;
  private Duration clockError = Duration.ZERO;

  private final class Subscribed implements Subscription {
    final Path path;
    final OwnMailbox mailbox;
    final Day day;
    final MailboxListener listener;
    long pushed;
    boolean over;

    Subscribed(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
      this.path = path;
      this.mailbox = mailbox;
      this.day = day;
      this.listener = listener;
    }

    void feed() {
      if (over || closed || obstacle(path).isPresent()) {
        return;
      }
      MemoryNode node = end(path);
      if (!node.isOpen(mailbox, day)) {
        over = true;
        later(() -> listener.refused(Refusal.UNKNOWN_MAILBOX));
        return;
      }
      for (StoredEnvelope stored : node.behind(mailbox, day, pushed)) {
        pushed = stored.sequence();
        later(() -> listener.arrived(stored));
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }

  MemoryCarrier(Hours hours, MemoryNet net, MemoryNode home, boolean online) {
    this.hours = hours;
    this.net = net;
    this.online = online;
    link(home);
  }

  private void link(Path path) {
    if (path.network().isEmpty()) {
      link(net.at(path.nodes().getFirst()));
    }
  }

  private void link(MemoryNode node) {
    if (linked.add(node)) {
      node.watch(this);
      tellReachability(node);
    }
  }

  void feed() {
    List.copyOf(subscriptions).forEach(Subscribed::feed);
  }

  private MemoryNode end(Path path) {
    return path.network()
        .map(net::at)
        .map(network -> network.swarm)
        .orElseGet(() -> net.at(path.nodes().getLast()));
  }

  @Override
  public void enters(NetworkAddress network, NetworkMemory memory) {
    entries.add(network.host());
    if (entered.put(network, memory) == null) {
      MemoryNetwork there = net.at(network);
      there.swarm.watch(this);
      remembered.add(memory.recall());
      tellReachability(there);
    }
  }

  /// What this carrier was told to keep of a network when it entered.
  NetworkMemory memory(MemoryNetwork network) {
    return Objects.requireNonNull(entered.get(network.address));
  }

  /// A guard that does not answer, or a consensus that does not hold.
  private Optional<Answer<?>> obstacle(MemoryNetwork network) {
    if (!entered.containsKey(network.address)) {
      throw new AssertionError("a network is entered before it is used");
    }
    return reaches(network.swarm) && network.fault().isEmpty()
        ? Optional.empty()
        : Optional.of(new Answer.Unreachable<>());
  }

  /// Why a path cannot be gone; empty: it can.
  private Optional<Answer<?>> obstacle(Path path) {
    if (path.network().isPresent()) {
      return obstacle(net.at(path.network().get()));
    }
    List<MemoryNode> nodes = path.nodes().stream().map(net::at).toList();
    if (!reaches(nodes.getFirst()) || nodes.stream().anyMatch(MemoryNode::isDown)) {
      return Optional.of(new Answer.Unreachable<>());
    }
    if (nodes.size() > 1 && !nodes.getFirst().passesOn) {
      return Optional.of(new Answer.Refused<>(Refusal.NOT_ADMITTED));
    }
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1).refuses(nodes.get(i)) || nodes.get(i).refuses(nodes.get(i - 1))) {
        return Optional.of(new Answer.Refused<>(Refusal.NOT_ALLOWED));
      }
    }
    return Optional.empty();
  }

  private boolean reaches(MemoryNode node) {
    return online && !node.isDown() && !cutOff.contains(node);
  }

  /// Closes the person's own port to one node, or opens it again.
  void cutOff(MemoryNode node, boolean now) {
    if (now) {
      cutOff.add(node);
    } else {
      cutOff.remove(node);
    }
    reachabilityChanged();
  }

  void setClockError(Duration error) {
    clockError = error;
  }

  void setOnline(boolean now) {
    online = now;
    reachabilityChanged();
  }

  void reachabilityChanged() {
    tellReachability();
    for (Subscribed subscribed : List.copyOf(subscriptions)) {
      subscribed.pushed = 0;
      subscribed.feed();
    }
  }

  void tellReachability() {
    linked.forEach(this::tellReachability);
    entered.keySet().forEach(network -> tellReachability(net.at(network)));
  }

  private void tellReachability(MemoryNetwork network) {
    Reachability reachability =
        network
            .fault()
            .<Reachability>map(
                fault ->
                    new Reachability.Distrusted(
                        network.address, fault, hours.now().plusSeconds(60)))
            .orElseGet(() -> reachability(network));
    observers.forEach(observer -> later(() -> observer.accept(reachability)));
  }

  private Reachability reachability(MemoryNetwork network) {
    if (!reaches(network.swarm)) {
      return new Reachability.Lost(network.address, hours.now().plusSeconds(3));
    }
    NodeAddress guard =
        new NodeAddress(MemoryNetwork.GUARD, 7443, network.swarm.address.node().key());
    return new Reachability.Reachable(
        network.address, network.swarm.clockAhead.minus(clockError), Optional.of(guard));
  }

  private void tellReachability(MemoryNode node) {
    Reachability reachability =
        reaches(node)
            ? new Reachability.Reachable(node.address.node(), node.clockAhead.minus(clockError))
            : new Reachability.Lost(node.address.node(), hours.now().plusSeconds(3));
    observers.forEach(observer -> later(() -> observer.accept(reachability)));
  }

  private void later(Runnable action) {
    hours.at(
        hours.now().plus(WAY),
        () -> {
          if (!closed) {
            action.run();
          }
        });
  }

  private <T> void answer(
      Path path, Function<MemoryNode, Answer<T>> request, Consumer<? super Answer<T>> outcome) {
    link(path);
    later(
        () -> {
          Answer<T> answer =
              switch (obstacle(path).orElse(null)) {
                case null -> request.apply(end(path));
                case Answer.Refused<?>(Refusal reason) -> new Answer.Refused<>(reason);
                case Answer<?> _ -> new Answer.Unreachable<>();
              };
          later(() -> outcome.accept(answer));
        });
  }

  @Override
  public void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome) {
    link(path);
    later(
        () -> {
          Handoff handoff =
              switch (obstacle(path).orElse(null)) {
                case null -> arrived(path, deposit);
                case Answer.Refused<?>(Refusal reason) -> new Handoff.Refused(reason);
                case Answer<?> _ -> new Handoff.Unreachable();
              };
          later(() -> outcome.accept(handoff));
        });
  }

  private Handoff arrived(Path path, Deposit deposit) {
    net.deposited.add(new MemoryNet.Deposited(path, deposit));
    return end(path).deposit(deposit);
  }

  @Override
  public void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome) {
    answer(path, node -> node.open(mailbox, day, token), outcome);
  }

  @Override
  public void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome) {
    answer(
        path,
        node ->
            node.isOpen(mailbox, day)
                ? new Answer.Given<>(
                    new Fetched(node.behind(mailbox, day, after).stream().findFirst()))
                : new Answer.Refused<Fetched>(Refusal.UNKNOWN_MAILBOX),
        outcome);
  }

  @Override
  public Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener) {
    link(path);
    Subscribed subscribed = new Subscribed(path, mailbox, day, listener);
    subscriptions.add(subscribed);
    later(subscribed::feed);
    return subscribed;
  }

  @Override
  public void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome) {
    answer(
        path,
        node -> {
          node.delete(mailbox, day, ids);
          return new Answer.Given<>(new Done());
        },
        outcome);
  }

  @Override
  public void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome) {
    answer(path, node -> node.put(drawer), outcome);
  }

  @Override
  public void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome) {
    answer(path, node -> node.take(handle, nonce), outcome);
  }

  @Override
  public void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome) {
    answer(path, node -> node.remove(drawer), outcome);
  }

  @Override
  public void onReachability(Consumer<? super Reachability> listener) {
    observers.add(listener);
    tellReachability();
  }

  @Override
  public void hurry() {}

  @Override
  public void close() {
    closed = true;
    linked.forEach(node -> node.watchNoMore(this));
    subscriptions.clear();
  }
}
