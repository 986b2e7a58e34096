package im.waxwing.testkit;

import im.waxwing.carrier.Reachability.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A stretch of random days: people write and read while everything that may go wrong does, each
/// for a while. What happens follows from the world's chance alone.
final class Storm {
  private static final Duration LONGEST_BAD_WEATHER = Duration.ofMinutes(15);
  private static final int LONGEST_TEXT = 6_000;
  private static final int MOST_STEPS_TO_CUT = 40;
  private static final List<Duration> CLOCK_ERRORS =
      List.of(
          Duration.ZERO,
          Duration.ofDays(1),
          Duration.ofDays(-1),
          Duration.ofMinutes(50),
          Duration.ofHours(-3));
  private static final List<List<String>> WAYS =
      List.of(
          List.of("federated"),
          List.of("federated"),
          List.of("federated", "relay"),
          List.of("federated", "onion"),
          List.of("onion", "federated"),
          List.of("federated", "onion", "relay"),
          List.of("relay", "federated"),
          List.of("relay"));
  private static final List<String> EMOJIS = List.of("\uD83D\uDC4D", "\u2764", "\uD83D\uDE02");
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(300),
          Duration.ofSeconds(4),
          Duration.ofSeconds(40),
          Duration.ofMinutes(10),
          Duration.ofHours(3),
          Duration.ofHours(20));

  private final World world;
  private final Chance chance;

  Storm(World world) {
    this.world = world;
    this.chance = world.chance().split();
  }

  /// Begins with some bad weather.
  void blow() {
    weatherChanges();
  }

  /// As many random steps as asked for, each followed by a random pause.
  void rage(int steps) {
    if (hasSeveralNodes()) {
      world.people().forEach(this::choosesWays);
    }
    for (int step = 0; step < steps; step++) {
      somethingHappens();
      world.pass(pause());
    }
  }

  /// Mostly short; long ones let days go by.
  private Duration pause() {
    int longest = chance.happens(0.1) ? PAUSES.size() - 1 : chance.happens(0.3) ? 4 : 3;
    return PAUSES.get(chance.between(0, longest));
  }

  private void somethingHappens() {
    if (hasSeveralNodes() && chance.happens(0.12)) {
      somethingHappensBetweenNodes();
      return;
    }
    if (world.onion().isPresent() && chance.happens(0.25)) {
      somethingHappensToTheNetwork(world.onion().get());
      return;
    }
    int draw = chance.between(1, 100);
    if (draw <= 35) {
      somebodyWrites();
    } else if (draw <= 48) {
      somebodyChangesSomething();
    } else if (draw <= 58) {
      person().reads(person());
    } else if (draw <= 70) {
      powerWillGo(person());
    } else if (draw <= 75) {
      nodePowerGoes();
    } else if (draw <= 80) {
      nodeIsInTrouble();
    } else if (draw <= 86) {
      weatherChanges();
    } else if (draw <= 90) {
      routeIsCut();
    } else if (draw <= 94) {
      clockIsSet();
    } else if (draw <= 99) {
      diskIsFull();
    } else {
      diskBreaks();
    }
  }

  private boolean hasSeveralNodes() {
    return world.nodes().size() > 1;
  }

  private void somethingHappensBetweenNodes() {
    int draw = chance.between(1, 10);
    if (draw <= 6) {
      nodesAreParted();
    } else if (draw <= 8) {
      choosesWays(person());
    } else {
      nodeClockIsSet();
    }
  }

  private void somethingHappensToTheNetwork(SimulatedOnion onion) {
    int draw = chance.between(1, 10);
    if (draw <= 3) {
      memberPowerGoes(onion);
    } else if (draw <= 5) {
      Person person = person();
      note(person.name() + " cannot reach the network");
      onion.setCutOff(person.name(), true);
      later(() -> onion.setCutOff(person.name(), false));
    } else if (draw == 6) {
      note("the network has no consensus that is new enough");
      onion.setFault(Optional.of(Fault.STALE));
      later(() -> onion.setFault(Optional.empty()));
    } else if (draw == 7) {
      operatorsPart();
    } else {
      somebodyMoves(onion);
    }
  }

  private void memberPowerGoes(SimulatedOnion onion) {
    int member = chance.between(0, SimulatedOnion.MEMBERS - 1);
    note("the power of member " + member + " goes");
    onion.setUp(member, false);
    later(() -> onion.setUp(member, true));
  }

  private void operatorsPart() {
    SimulatedNode one = node();
    SimulatedNode other = chance.pick(world.nodes().stream().filter(node -> node != one).toList());
    note(one.name() + " deals with " + other.name() + " no more");
    one.setRefusing(other, true);
    later(() -> one.setRefusing(other, false));
  }

  private void somebodyMoves(SimulatedOnion onion) {
    Person person = person();
    switch (chance.between(1, 4)) {
      case 1 -> person.enters(onion);
      case 2 -> person.leavesTheNetwork();
      case 3 -> person.movesTo(node());
      default -> person.movesInto(onion);
    }
  }

  private void nodesAreParted() {
    SimulatedNode one = node();
    SimulatedNode other = chance.pick(world.nodes().stream().filter(node -> node != one).toList());
    note(one.name() + " and " + other.name() + " cannot reach each other");
    world.network().part(one, other);
    later(() -> world.network().join(one, other));
  }

  private void choosesWays(Person person) {
    person.choosesWays(chance.pick(WAYS));
  }

  private Person person() {
    return chance.pick(world.people());
  }

  private SimulatedNode node() {
    return chance.pick(world.nodes());
  }

  private void somebodyWrites() {
    Person writer = person();
    List<Person> others = world.people().stream().filter(other -> other != writer).toList();
    Person reader = chance.pick(others);
    int messages = chance.happens(0.03) ? chance.between(10, 40) : chance.between(1, 2);
    for (int i = 0; i < messages; i++) {
      writer.writes(reader, text());
    }
    if (chance.happens(0.2)) {
      powerWillGo(reader);
    }
  }

  private void somebodyChangesSomething() {
    Person person = person();
    Person other = chance.pick(world.people().stream().filter(one -> one != person).toList());
    int changes = chance.between(1, 3);
    for (int i = 0; i < changes; i++) {
      change(person, other, chance.between(0, 30));
    }
    if (chance.happens(0.3)) {
      powerWillGo(chance.happens(0.5) ? person : other);
    }
  }

  private void change(Person person, Person other, int message) {
    switch (chance.between(1, 8)) {
      case 1, 2, 3 ->
          person.reacts(
              other,
              message,
              chance.happens(0.2) ? Optional.empty() : Optional.of(chance.pick(EMOJIS)));
      case 4, 5 -> person.edits(other, message, text());
      case 6 -> person.unsends(other, message);
      case 7 -> person.answers(other, text(), message);
      default -> person.types(other);
    }
  }

  private String text() {
    int length = chance.happens(0.1) ? chance.between(1, LONGEST_TEXT) : chance.between(1, 80);
    return "word ".repeat(length / 5 + 1).substring(0, length).strip() + ".";
  }

  private void powerWillGo(Person person) {
    int steps = chance.between(1, MOST_STEPS_TO_CUT);
    Duration darkness = darkness();
    note("at step " + steps + " from here " + person.name() + "'s power will go");
    person.setDarkness(darkness);
    person.machine().cutPowerAtStep(steps);
  }

  private Duration darkness() {
    return chance.happens(0.1)
        ? chance.between(Duration.ofHours(1), Duration.ofDays(2))
        : chance.between(Duration.ZERO, Duration.ofMinutes(2));
  }

  private void nodePowerGoes() {
    SimulatedNode node = node();
    if (node.isUp()) {
      note(node.name() + "'s power goes");
      node.machine().cutPower();
      later(() -> switchOn(node));
    }
  }

  private void switchOn(SimulatedNode node) {
    note(node.name() + " is back");
    node.machine().switchOn();
  }

  private void nodeIsInTrouble() {
    SimulatedNode node = node();
    SimulatedNode.Trouble trouble = chance.pick(List.of(SimulatedNode.Trouble.values()));
    Duration slowness =
        chance.pick(List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(15)));
    note(node.name() + " is " + trouble + " and slow by " + slowness);
    node.setTrouble(trouble);
    node.setSlowness(slowness);
    later(
        () -> {
          node.setTrouble(SimulatedNode.Trouble.NONE);
          node.setSlowness(Duration.ZERO);
        });
  }

  private void weatherChanges() {
    Weather weather = Weather.rough(chance);
    note("the weather turns to " + weather);
    world.network().setWeather(weather);
    world
        .time()
        .after(
            chance.between(Duration.ofSeconds(10), LONGEST_BAD_WEATHER),
            () -> world.network().setWeather(Weather.CALM));
  }

  private void routeIsCut() {
    Person person = person();
    SimulatedNode node = node();
    note(person.name() + " cannot reach " + node.name());
    world.network().part(person.name(), node);
    later(() -> world.network().join(person.name(), node));
  }

  private void clockIsSet() {
    if (chance.happens(0.15)) {
      nodeClockIsSet();
      return;
    }
    Duration error = chance.pick(CLOCK_ERRORS);
    Person person = person();
    note(person.name() + "'s clock is wrong by " + error);
    person.machine().setClockError(error);
  }

  private void nodeClockIsSet() {
    Duration error = chance.pick(CLOCK_ERRORS);
    SimulatedNode node = node();
    note(node.name() + "'s clock is wrong by " + error);
    node.setClockError(error);
  }

  private void diskIsFull() {
    Person person = person();
    note(person.name() + "'s disk is full");
    person.setDiskFull(true);
    later(() -> person.setDiskFull(false));
  }

  private void diskBreaks() {
    SimulatedNode node = node();
    if (node.isUp()) {
      note(node.name() + "'s disk breaks");
      world.loseDisk(node);
    }
  }

  private void later(Runnable action) {
    Duration delay =
        chance.happens(0.1)
            ? chance.between(Duration.ofHours(1), Duration.ofDays(1))
            : chance.between(Duration.ofSeconds(1), Duration.ofMinutes(10));
    world.time().after(delay, action);
  }

  private void note(String what) {
    world.trace().note(what);
  }
}
