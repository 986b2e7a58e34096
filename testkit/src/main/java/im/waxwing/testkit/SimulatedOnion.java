package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// An onion network as apps meet it: five members keep every mailbox and drawer together. Each has
/// its own disk and power; what passes between them, and between them and the apps, may be lost,
/// doubled and late. Relays are part of the weather: how packets travel is not simulated here.
///
/// One thread at a time.
public final class SimulatedOnion {
  static final int MEMBERS = 5;
  static final int QUORUM = 3;
  private static final Duration COMMIT = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CATCHING_UP = Duration.ofMinutes(10);

  private final NetworkAddress address;
  private final VirtualTime time;
  private final SimulatedNetwork weather;
  private final List<Member> members = new ArrayList<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final List<Ear> ears = new ArrayList<>();
  private final Set<String> cutOff = new HashSet<>();
  private Optional<Fault> fault = Optional.empty();

  /// One of the five.
  private static final class Member {
    final Machine machine;
    final Shelf shelf;

    Member(Machine machine, Shelf shelf) {
      this.machine = machine;
      this.shelf = shelf;
    }
  }

  /// Somebody who hears of what comes into a mailbox at some members.
  interface Ear {
    boolean hears(MailboxId mailbox, int member);

    /// Something new is there.
    void stored(int member);
  }

  private SimulatedOnion(NetworkAddress address, VirtualTime time, SimulatedNetwork weather) {
    this.address = address;
    this.time = time;
    this.weather = weather;
    time.after(CATCHING_UP, this::catchUp);
  }

  /// A new network with nothing on its disks.
  static SimulatedOnion atHost(String host, VirtualTime time, SimulatedNetwork weather) {
    ByteString id = ByteString.copyOf(SecretBytes.generate(NetworkId.SIZE).exposeSecret());
    NetworkAddress address = new NetworkAddress(host, 7443, new NetworkId(id));
    SimulatedOnion onion = new SimulatedOnion(address, time, weather);
    for (int i = 0; i < MEMBERS; i++) {
      onion.add(Shelf.ofMember(address.id()));
    }
    return onion;
  }

  /// The same network with the same things on its disks, in another world.
  SimulatedOnion copyTo(VirtualTime otherTime, SimulatedNetwork otherWeather) {
    SimulatedOnion copy = new SimulatedOnion(address, otherTime, otherWeather);
    members.forEach(member -> copy.add(member.shelf.copy()));
    return copy;
  }

  private void add(Shelf shelf) {
    Machine machine = new Machine("member " + members.size(), time);
    machine.onPowerCut(() -> {});
    members.add(new Member(machine, shelf));
  }

  public NetworkAddress address() {
    return address;
  }

  // --- what goes wrong ---

  /// Takes a member's power, or gives it back; its disk stays.
  void setUp(int member, boolean up) {
    if (up) {
      members.get(member).machine.switchOn();
    } else {
      members.get(member).machine.cutPower();
    }
    tellWatchers();
  }

  /// Takes every member's power, or gives it back.
  void setUp(boolean up) {
    IntStream.range(0, MEMBERS).forEach(member -> setUp(member, up));
  }

  /// Nothing passes between somebody and the network any more, or again.
  void setCutOff(String caller, boolean now) {
    if (now ? cutOff.add(caller) : cutOff.remove(caller)) {
      tellWatchers();
    }
  }

  /// What its consensus is from now on; empty: to be believed.
  void setFault(Optional<Fault> newFault) {
    fault = newFault;
    tellWatchers();
  }

  void mend() {
    cutOff.clear();
    members.forEach(member -> member.machine.switchOn());
    setFault(Optional.empty());
  }

  /// How many envelopes wait at all members together.
  int envelopes() {
    return members.stream().mapToInt(member -> member.shelf.envelopes()).sum();
  }

  // --- what apps see ---

  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void watchNoMore(Runnable watcher) {
    watchers.remove(watcher);
  }

  private void tellWatchers() {
    List.copyOf(watchers).forEach(watcher -> time.after(weather.delay(), watcher));
  }

  Optional<Fault> fault() {
    return fault;
  }

  /// Whether a guard answers.
  boolean answers(String caller) {
    return !cutOff.contains(caller) && members.stream().anyMatch(m -> m.machine.isOn());
  }

  Instant now() {
    return time.now();
  }

  void listen(Ear ear) {
    ears.add(ear);
  }

  void listenNoMore(Ear ear) {
    ears.remove(ear);
  }

  /// What a member holds of a mailbox behind a sequence. Answered by that member alone, if at all.
  void read(String caller, int member, Request request, Consumer<Shelf.Outcome> answer) {
    onTheWay(
        caller,
        () -> commit(member, request, outcome -> onTheWay(caller, () -> answer.accept(outcome))));
  }

  /// Asks a member to carry out a request together with the others. Answered once three have it on
  /// disk, or with the refusal that most gave.
  void ask(String caller, int coordinator, Request request, Consumer<Shelf.Outcome> answer) {
    onTheWay(
        caller,
        () ->
            new Round(
                    coordinator, request, outcome -> onTheWay(caller, () -> answer.accept(outcome)))
                .begin());
  }

  /// Word for an app that listens, which may not come.
  void tell(String caller, Runnable word) {
    onTheWay(caller, word);
  }

  /// Some of it never comes, some comes twice.
  private void onTheWay(String caller, Runnable arrival) {
    if (!answers(caller) || fault.isPresent() || weather.loses()) {
      return;
    }
    time.after(weather.delay(), arrival);
    if (weather.doubles()) {
      time.after(weather.delay(), arrival);
    }
  }

  /// One request, from the coordinator to the others and back.
  private final class Round {
    private final int coordinator;
    private final Request request;
    private final Consumer<Shelf.Outcome> outcome;
    private final List<Shelf.Outcome> told = new ArrayList<>();
    private boolean over;

    Round(int coordinator, Request request, Consumer<Shelf.Outcome> outcome) {
      this.coordinator = coordinator;
      this.request = request;
      this.outcome = outcome;
    }

    void begin() {
      Machine machine = members.get(coordinator).machine;
      if (machine.isOn()) {
        commit(coordinator, request, this::heard);
        others().forEach(this::replicate);
        machine.after(PATIENCE, () -> end(mostGiven()));
      }
    }

    private List<Integer> others() {
      return IntStream.range(0, MEMBERS).filter(each -> each != coordinator).boxed().toList();
    }

    private void replicate(int member) {
      if (!weather.loses()) {
        time.after(
            weather.delay(),
            () -> {
              if (request instanceof Request.Deposit deposit) {
                members.get(member).shelf.learn(deposit.mailbox(), members.get(coordinator).shelf);
              }
              commit(member, request, this::answered);
            });
      }
    }

    private void answered(Shelf.Outcome word) {
      if (!weather.loses()) {
        time.after(weather.delay(), () -> members.get(coordinator).machine.run(() -> heard(word)));
      }
    }

    private void heard(Shelf.Outcome word) {
      told.add(word);
      List<Shelf.Outcome> good =
          told.stream().filter(each -> each.code() == AnswerCode.OK).toList();
      if (good.size() >= QUORUM) {
        end(good.getLast());
      } else if (told.size() == MEMBERS) {
        end(mostGiven());
      }
    }

    private Shelf.Outcome mostGiven() {
      AnswerCode code =
          told.stream()
              .map(Shelf.Outcome::code)
              .filter(each -> each != AnswerCode.OK)
              .max((one, other) -> Long.compare(count(one), count(other)))
              .filter(each -> count(each) >= QUORUM)
              .orElse(AnswerCode.BUSY);
      return Shelf.Outcome.of(code);
    }

    private long count(AnswerCode code) {
      return told.stream().filter(each -> each.code() == code).count();
    }

    private void end(Shelf.Outcome word) {
      if (!over) {
        over = true;
        outcome.accept(word);
      }
    }
  }

  /// On disk before anybody hears of it.
  private void commit(int number, Request request, Consumer<Shelf.Outcome> then) {
    Member member = members.get(number);
    member.machine.after(
        COMMIT,
        () -> {
          Day today = Day.of(time.now());
          member.shelf.forgetBefore(today);
          Shelf.Outcome outcome = member.shelf.carryOut(request, today, true);
          then.accept(outcome);
          if (request instanceof Request.Deposit deposit && outcome.code() == AnswerCode.OK) {
            tellEars(deposit.mailbox(), number);
          }
        });
  }

  private void tellEars(MailboxId mailbox, int member) {
    for (Ear ear : List.copyOf(ears)) {
      if (ear.hears(mailbox, member)) {
        ear.stored(member);
      }
    }
  }

  /// What waits at a member, for an ear.
  List<Held> waiting(MailboxId mailbox, int member) {
    return members.get(member).shelf.behind(mailbox, 0).toList();
  }

  boolean isUp(int member) {
    return members.get(member).machine.isOn();
  }

  /// Those that run tell each other what they have missed.
  private void catchUp() {
    time.after(CATCHING_UP, this::catchUp);
    List<Member> up = members.stream().filter(member -> member.machine.isOn()).toList();
    for (Member one : up) {
      for (Member other : up) {
        if (one != other) {
          one.shelf.catchUp(other.shelf);
        }
      }
    }
  }
}
