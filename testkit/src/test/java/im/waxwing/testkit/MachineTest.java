package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  private final VirtualTime time = new VirtualTime();
  private final Machine machine = new Machine("Alice's", time);
  private final List<String> happened = new ArrayList<>();

  @Test
  void aPowerCutEndsThePieceThatRuns() {
    machine.cutPowerAtStep(3);

    boolean ended =
        machine.run(
            () -> {
              machine.step();
              happened.add("before");
              machine.step();
              happened.add("after");
            });

    assertThat(ended).isFalse();
    assertThat(happened).containsExactly("before");
    assertThat(machine.isOn()).isFalse();
  }

  @Test
  void whatWasPlannedBeforeAPowerCutIsForgotten() {
    machine.after(Duration.ofMinutes(1), () -> happened.add("planned before"));
    machine.cutPower();
    machine.switchOn();
    machine.after(Duration.ofMinutes(1), () -> happened.add("planned since"));

    time.pass(Duration.ofMinutes(2));

    assertThat(happened).containsExactly("planned since");
  }

  @Test
  void nothingRunsWithoutPower() {
    machine.cutPower();

    assertThat(machine.run(() -> happened.add("ran"))).isFalse();
    assertThat(happened).isEmpty();
  }

  @Test
  void aProgramThatOutlivesItsPowerIsStoppedAtItsNextStep() {
    machine.cutPowerAtStep(2);

    machine.run(
        () -> {
          try {
            machine.step();
          } finally {
            happened.add("cleaning up");
            machine.step();
            happened.add("reached the outside");
          }
        });

    assertThat(happened).containsExactly("cleaning up");
  }

  @Test
  void aWrongClockDiffersByItsError() {
    machine.setClockError(Duration.ofDays(-1));

    assertThat(machine.clock().instant()).isEqualTo(time.now().minus(Duration.ofDays(1)));
  }
}
