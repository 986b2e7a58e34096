package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.testkit.SimulatedNode.Promptness;
import im.waxwing.testkit.Simulation.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Worlds in which somebody acknowledges what is not on disk yet: the check at their end must find
/// it, and must find nothing where nothing is wrong.
class PlantedBugTest {
  private static final int STEPS = 30;

  @Test
  void powerMayGoAtEveryStepOfReading() {
    assertThat(readersPowerGoesAtEveryStep(World.Variant.RIGHT)).isEmpty();
  }

  @Test
  void aCarrierThatAcknowledgesBeforeTheCommitIsCaught() {
    World.Variant hasty = new World.Variant(Promptness.AFTER_COMMIT, HastyCarrier::new);

    assertThat(readersPowerGoesAtEveryStep(hasty)).isNotEmpty();
  }

  @Test
  void powerOfANodeMayGoBeforeItsCommit() {
    assertThat(nodesPowerGoesBeforeItsCommit(World.Variant.RIGHT)).isEmpty();
  }

  @Test
  void aNodeThatAcknowledgesBeforeTheCommitIsCaught() {
    World.Variant hasty = new World.Variant(Promptness.BEFORE_COMMIT, carrier -> carrier);

    assertThat(nodesPowerGoesBeforeItsCommit(hasty)).isPresent();
  }

  private static List<Failure> readersPowerGoesAtEveryStep(World.Variant variant) {
    try (Simulation simulation = Simulation.open(variant)) {
      return IntStream.rangeClosed(1, STEPS)
          .mapToObj(step -> simulation.run(step, world -> aliceWritesAsBobFalls(world, step)))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  private static void aliceWritesAsBobFalls(World world, int step) {
    world.pass(Duration.ofMinutes(5));
    world.person("Alice").writes(world.person("Bob"), "hello");
    world.person("Bob").setDarkness(Duration.ofMinutes(1));
    world.person("Bob").machine().cutPowerAtStep(step);
    world.pass(Duration.ofMinutes(2));
  }

  private static Optional<Failure> nodesPowerGoesBeforeItsCommit(World.Variant variant) {
    try (Simulation simulation = Simulation.open(variant)) {
      return simulation.run(1, PlantedBugTest::nodeFallsBeforeItsCommit);
    }
  }

  private static void nodeFallsBeforeItsCommit(World world) {
    world.pass(Duration.ofMinutes(5));
    SimulatedNode node = world.nodes().getFirst();
    node.setSlowness(Duration.ofSeconds(5));
    world.person("Alice").writes(world.person("Bob"), "hello");
    world.pass(Duration.ofSeconds(2));
    node.machine().cutPower();
    node.machine().switchOn();
  }
}
