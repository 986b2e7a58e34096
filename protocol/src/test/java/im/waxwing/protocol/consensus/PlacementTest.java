package im.waxwing.protocol.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.consensus.Parameters.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Authorities WHO = Authorities.of(3, 100);
  private static final Consensus EMPTY =
      WHO.next(Optional.empty(), Authorities.NOW, List.of()).consensus();
  private static final Day TODAY = Day.of(EMPTY.validFrom());

  private final Random random = new Random(5);

  private static Consensus with(Set<Rule> rules, List<Entry> entries) {
    return new Consensus(
        EMPTY.network(),
        EMPTY.epoch(),
        EMPTY.epochLength(),
        EMPTY.previous(),
        EMPTY.sharedRandom(),
        Parameters.STANDARD.with(rules),
        EMPTY.dayRandoms(),
        entries.stream().sorted(Comparator.comparing(one -> one.key().bytes())).toList());
  }

  private static Entry node(int number, int layer, int weight, int operator, String host) {
    byte[] key = new byte[32];
    new Random(number).nextBytes(key);
    byte[] family = new byte[32];
    new Random(100_000 + operator).nextBytes(family);
    return new Entry(
        new NodeAddress(host, 7443, new NodeKey(ByteString.copyOf(key))),
        layer,
        true,
        weight,
        new Operator(ByteString.copyOf(family), ""));
  }

  private static List<Entry> nodes(int count) {
    List<Entry> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node(i, 1 + i % 3, 10, i, "10." + i % 250 + ".0.1"));
    }
    return nodes;
  }

  private ByteString name() {
    byte[] name = new byte[32];
    random.nextBytes(name);
    return ByteString.copyOf(name);
  }

  @Nested
  class Swarms {
    @Test
    void aSwarmHasFiveNodesOfFiveOperatorsAndSubnets() {
      List<Entry> nodes = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        nodes.add(node(i, 0, 10, i % 12, "10." + i % 15 + ".0." + (1 + i)));
      }
      Consensus consensus = with(EnumSet.allOf(Rule.class), nodes);

      for (int i = 0; i < 200; i++) {
        List<Entry> swarm = Placement.swarm(consensus, name(), TODAY);
        assertThat(swarm).hasSize(5);
        assertThat(swarm.stream().map(Entry::operator).distinct()).hasSize(5);
        assertThat(swarm.stream().map(one -> one.address().host().split("[.]", -1)[1]).distinct())
            .hasSize(5);
      }
    }

    @Test
    void withoutRulesOneMachineIsEnough() {
      List<Entry> nodes = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        nodes.add(node(i, 1, 10, 1, "127.0.0.1"));
      }

      assertThat(Placement.swarm(with(Set.of(), nodes), name(), TODAY)).hasSize(5);
      assertThat(Placement.swarm(with(Set.of(Rule.OPERATOR), nodes), name(), TODAY)).hasSize(1);
      assertThat(Placement.swarm(with(Set.of(Rule.SUBNET), nodes), name(), TODAY)).hasSize(1);
    }

    @Test
    void nodesOfEqualWeightKeepAboutEquallyMuch() {
      Consensus consensus = with(Set.of(), nodes(50));
      Map<NodeKey, Integer> kept = new HashMap<>();
      for (int i = 0; i < 10_000; i++) {
        Placement.swarm(consensus, name(), TODAY)
            .forEach(one -> kept.merge(one.key(), 1, Integer::sum));
      }

      // 1,000 each on average; a deviation of 30 is usual.
      assertThat(kept).hasSize(50).allSatisfy((_, count) -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void aHeavierNodeKeepsMore() {
      List<Entry> nodes = new ArrayList<>(nodes(49));
      nodes.add(node(99, 1, 30, 99, "10.250.0.1"));
      Consensus consensus = with(Set.of(), nodes);
      int first = 0;
      for (int i = 0; i < 10_000; i++) {
        NodeKey best = Placement.swarm(consensus, name(), TODAY).getFirst().key();
        first += best.equals(nodes.getLast().key()) ? 1 : 0;
      }

      // 30 of 520 in weight: 577 on average.
      assertThat(first).isBetween(480, 680);
    }

    @Test
    void aNodeThatLeavesMovesOnlyWhatItKept() {
      List<Entry> nodes = nodes(30);
      Consensus before = with(Set.of(), nodes);
      Entry gone = nodes.get(7);
      Consensus after = with(Set.of(), nodes.stream().filter(one -> !one.equals(gone)).toList());

      for (int i = 0; i < 2_000; i++) {
        ByteString name = name();
        Set<Entry> old = new HashSet<>(Placement.swarm(before, name, TODAY));
        Set<Entry> now = new HashSet<>(Placement.swarm(after, name, TODAY));
        Set<Entry> moved = new HashSet<>(now);
        moved.removeAll(old);

        assertThat(moved).hasSize(old.contains(gone) ? 1 : 0);
      }
    }

    @Test
    void anotherDayIsAnotherSwarmAndDaysOutOfReachHaveNone() {
      Consensus consensus = with(Set.of(), nodes(50));
      ByteString name = name();

      assertThat(Placement.swarm(consensus, name, TODAY))
          .isEqualTo(Placement.swarm(consensus, name, TODAY))
          .isNotEqualTo(Placement.swarm(consensus, name, TODAY.plus(1)));
      assertThat(Placement.swarm(consensus, name, TODAY.plus(32))).isEmpty();
    }
  }

  @Nested
  class Paths {
    private final Consensus consensus = with(EnumSet.allOf(Rule.class), families());

    /// 45 nodes of 15 operators in 20 subnets.
    private static List<Entry> families() {
      List<Entry> nodes = new ArrayList<>();
      for (int i = 0; i < 45; i++) {
        nodes.add(node(i, 1 + i % 3, 1 + i % 7, i % 14, "10." + i % 19 + ".0." + (1 + i)));
      }
      return nodes;
    }

    @Test
    void aPathHasOneNodeOfEachLayerAndEndsInTheSwarm() {
      for (int i = 0; i < 500; i++) {
        OnionPaths paths = new OnionPaths(consensus, random);
        List<Entry> swarm = Placement.swarm(consensus, name(), TODAY);
        Entry guard = consensus.layer(1).get(random.nextInt(consensus.layer(1).size()));

        OnionPath path = paths.choose(guard, swarm, Set.of()).orElseThrow();

        assertThat(path.guard()).isEqualTo(guard);
        assertThat(path.middle().layer()).isEqualTo(2);
        assertThat(path.last().layer()).isEqualTo(3);
        assertThat(swarm).contains(path.coordinator());
        assertThat(path.hops().stream().map(Entry::operator).distinct()).hasSize(4);
        assertThat(
                path.hops().stream()
                    .map(one -> one.address().host().split("[.]", -1)[1])
                    .distinct())
            .hasSize(4);
      }
    }

    @Test
    void theCoordinatorIsNeverOfTheGuardsOperatorWhateverTheRules() {
      Consensus without = with(Set.of(), families());
      OnionPaths paths = new OnionPaths(without, random);
      Entry guard = without.layer(1).getFirst();
      List<Entry> family =
          without.storage().stream()
              .filter(one -> one.operator().equals(guard.operator()))
              .toList();
      assertThat(family.size()).isGreaterThan(1);

      assertThat(paths.choose(guard, family, Set.of())).isEmpty();
      assertThat(paths.choose(guard, without.storage(), Set.of())).isPresent();
    }

    @Test
    void nodesToAvoidAreAvoided() {
      OnionPaths paths = new OnionPaths(consensus, random);
      Entry guard = consensus.layer(1).getFirst();
      List<Entry> swarm = Placement.swarm(consensus, name(), TODAY);
      Set<NodeKey> avoid = new HashSet<>();
      int found = 0;
      Optional<OnionPath> path = paths.choose(guard, swarm, avoid);
      while (path.isPresent()) {
        found++;
        assertThat(avoid).doesNotContain(path.get().middle().key(), path.get().last().key());
        avoid.add(path.get().middle().key());
        path = paths.choose(guard, swarm, avoid);
      }

      assertThat(found).isGreaterThan(5);
    }

    @Test
    void allRelaysOfALayerAreUsed() {
      OnionPaths paths = new OnionPaths(consensus, random);
      Entry guard = consensus.layer(1).getFirst();
      Set<NodeKey> used = new HashSet<>();
      for (int i = 0; i < 2_000; i++) {
        paths
            .choose(guard, Placement.swarm(consensus, name(), TODAY), Set.of())
            .ifPresent(path -> path.hops().forEach(one -> used.add(one.key())));
      }

      Set<NodeKey> apart =
          consensus.layer(2).stream()
              .filter(one -> Apart.from(one, List.of(guard), consensus.parameters()))
              .map(Entry::key)
              .collect(Collectors.toSet());
      assertThat(used).containsAll(apart);
    }

    @Test
    void subnetsAreSixteenBitsOrThirtyTwoOrAName() {
      Consensus rules =
          with(
              Set.of(Rule.SUBNET),
              List.of(
                  node(1, 1, 1, 1, "10.1.2.3"),
                  node(2, 1, 1, 2, "10.1.9.9"),
                  node(3, 1, 1, 3, "[2001:db8:1::1]"),
                  node(4, 1, 1, 4, "[2001:0db8:2::1]"),
                  node(5, 1, 1, 5, "node.example"),
                  node(6, 1, 1, 6, "Node.Example")));

      assertThat(Placement.swarm(rules, name(), TODAY)).hasSize(3);
    }
  }

  @Nested
  class KeptGuards {
    private final Consensus consensus = with(EnumSet.allOf(Rule.class), nodes(30));

    @Test
    void guardsAreTwoOfLayerOneKeptForMonths() {
      Guards guards = Guards.none().renewed(consensus, random, TODAY);

      assertThat(guards.usable(consensus)).hasSize(2).allMatch(one -> one.layer() == 1);
      assertThat(guards.kept())
          .allMatch(one -> one.until().since(TODAY) >= 60 && one.until().since(TODAY) <= 120);
      for (int day = 0; day < 60; day++) {
        guards = guards.renewed(consensus, random, TODAY.plus(day));
      }
      assertThat(guards.usable(consensus).getFirst())
          .isEqualTo(
              Guards.none().renewed(consensus, new Random(5), TODAY).usable(consensus).getFirst());
    }

    @Test
    void theBackupTakesThePlaceOfAGuardWhoseTimeIsOver() {
      Guards guards = Guards.none();
      Set<NodeKey> seen = new HashSet<>();
      for (int day = 0; day < 365; day++) {
        Guards next = guards.renewed(consensus, random, TODAY.plus(day));
        if (day > 0 && !next.kept().getFirst().key().equals(guards.kept().getFirst().key())) {
          assertThat(next.kept().getFirst())
              .extracting(Guards.Guard::key)
              .isEqualTo(guards.kept().getLast().key());
        }
        next.kept().forEach(one -> seen.add(one.key()));
        guards = next;
      }

      assertThat(seen).hasSizeBetween(5, 12);
    }

    @Test
    void aGuardThatIsAwayIsReplacedOnlyAfterAWeek() {
      Guards guards = Guards.none().renewed(consensus, random, TODAY);
      NodeKey first = guards.kept().getFirst().key();
      Consensus without =
          with(Set.of(), nodes(30).stream().filter(one -> !one.key().equals(first)).toList());

      Guards soon = guards.renewed(without, random, TODAY.plus(3));
      assertThat(soon.kept()).isEqualTo(withListed(guards, TODAY.plus(3), first));
      assertThat(soon.usable(without))
          .singleElement()
          .returns(guards.kept().getLast().key(), Entry::key);
      assertThat(soon.renewed(consensus, random, TODAY.plus(4)).usable(consensus).getFirst().key())
          .isEqualTo(first);
      assertThat(guards.renewed(without, random, TODAY.plus(7)).kept())
          .noneMatch(one -> one.key().equals(first));
    }

    private static List<Guards.Guard> withListed(Guards guards, Day day, NodeKey away) {
      return guards.kept().stream()
          .map(one -> one.key().equals(away) ? one : new Guards.Guard(one.key(), one.until(), day))
          .toList();
    }

    @Test
    void whenBothAreAwayThereIsAnotherAtOnce() {
      Guards guards = Guards.none().renewed(consensus, random, TODAY);
      Set<NodeKey> away = guards.kept().stream().map(Guards.Guard::key).collect(Collectors.toSet());
      Consensus without =
          with(Set.of(), nodes(30).stream().filter(one -> !away.contains(one.key())).toList());

      assertThat(guards.renewed(without, random, TODAY).usable(without)).hasSize(1);
    }

    @Test
    void guardsAreTheSameAfterARestart() throws Exception {
      Guards guards = Guards.none().renewed(consensus, random, TODAY);

      assertThat(Guards.decode(guards.encode())).isEqualTo(guards);
      assertThat(Guards.decode(Guards.none().encode())).isEqualTo(Guards.none());
    }
  }
}
