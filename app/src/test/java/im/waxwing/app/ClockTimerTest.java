package im.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.engine.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockTimerTest {
  private final Clock clock = Clock.systemUTC();
  private final ClockTimer timer = new ClockTimer(clock);

  @AfterEach
  void close() {
    timer.close();
  }

  @Test
  void alarmsRingInTheOrderOfTheirTimes() throws Exception {
    List<Integer> rung = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(3);
    for (int millis : List.of(60, 0, 30)) {
      timer.at(
          clock.instant().plusMillis(millis),
          () -> {
            rung.add(millis);
            all.countDown();
          });
    }

    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(rung).containsExactly(0, 30, 60);
  }

  @Test
  void aTimeThatIsPastRingsAtOnce() throws Exception {
    CountDownLatch rung = new CountDownLatch(1);

    timer.at(clock.instant().minusSeconds(60), rung::countDown);

    assertThat(rung.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCancelledAlarmStaysSilent() throws Exception {
    List<String> rung = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch later = new CountDownLatch(1);
    Timer.Alarm alarm = timer.at(clock.instant().plusMillis(50), () -> rung.add("cancelled"));
    timer.at(clock.instant().plusMillis(100), later::countDown);

    alarm.cancel();

    assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(rung).isEmpty();
  }
}
