package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.waxwing.base.ByteString;
import im.waxwing.packet.ReplayTags.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTagsTest {

  @Test
  void everyTagIsNewOnceThroughManyGrowths() {
    var tags = new ReplayTags(100_000);
    for (int i = 0; i < 50_000; i++) {
      assertThat(tags.add(tag(i))).isEqualTo(Outcome.NEW);
    }
    for (int i = 0; i < 50_000; i++) {
      assertThat(tags.add(tag(i))).isEqualTo(Outcome.SEEN);
    }
    assertThat(tags.size()).isEqualTo(50_000);
  }

  @Test
  void aFullSetRefusesNewTagsAndStillKnowsOldOnes() {
    var tags = new ReplayTags(3);
    for (int i = 0; i < 3; i++) {
      tags.add(tag(i));
    }

    assertThat(tags.add(tag(3))).isEqualTo(Outcome.FULL);
    assertThat(tags.add(tag(2))).isEqualTo(Outcome.SEEN);
    assertThat(tags.size()).isEqualTo(3);
  }

  @Test
  void twoThreadsWithOnePacketGetOneNew() {
    var tags = new ReplayTags(10_000);
    var news = new AtomicInteger();
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i -> {
              if (tags.add(tag(i % 5_000)) == Outcome.NEW) {
                news.incrementAndGet();
              }
            });

    assertThat(news).hasValue(5_000);
  }

  @Test
  void aCapacityOutsideTheRangeIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplayTags(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplayTags((1 << 28) + 1));
  }

  private static ByteString tag(int number) {
    return ByteString.copyOf(ByteBuffer.allocate(32).putInt(number).array());
  }
}
