package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> happened = new ArrayList<>();

  @Test
  void eventsRunInOrderOfTimeThenOfPlanning() {
    time.after(Duration.ofSeconds(2), () -> happened.add("third"));
    time.after(Duration.ofSeconds(1), () -> happened.add("first"));
    time.after(Duration.ofSeconds(1), () -> happened.add("second"));

    time.pass(Duration.ofSeconds(2));

    assertThat(happened).containsExactly("first", "second", "third");
  }

  @Test
  void whatIsDueLaterWaits() {
    time.after(Duration.ofSeconds(3), () -> happened.add("late"));

    time.pass(Duration.ofSeconds(2));

    assertThat(happened).isEmpty();
    assertThat(time.now()).isEqualTo(VirtualTime.BEGINNING.plusSeconds(2));
  }

  @Test
  void thirtyDaysOfMinutesPassWithoutWaiting() {
    everyMinute();

    time.pass(Duration.ofDays(30));

    assertThat(happened).hasSize(30 * 24 * 60);
  }

  @Test
  void timeStopsWhenTheConditionHolds() {
    everyMinute();

    boolean held = time.passUntil(() -> happened.size() == 5, Duration.ofDays(1));

    assertThat(held).isTrue();
    assertThat(time.now()).isEqualTo(VirtualTime.BEGINNING.plus(Duration.ofMinutes(5)));
  }

  @Test
  void timeStopsAtTheLimitWhenTheConditionNeverHolds() {
    assertThat(time.passUntil(() -> false, Duration.ofHours(1))).isFalse();
    assertThat(time.now()).isEqualTo(VirtualTime.BEGINNING.plus(Duration.ofHours(1)));
  }

  private void everyMinute() {
    time.after(
        Duration.ofMinutes(1),
        () -> {
          happened.add("minute");
          everyMinute();
        });
  }
}
