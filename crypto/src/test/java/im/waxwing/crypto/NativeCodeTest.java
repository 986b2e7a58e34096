package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class NativeCodeTest {
  @Test
  void twoThousandOperationsDoNotGoByWithoutACollection() {
    long before = collections();

    for (int i = 0; i < 4_000; i++) {
      NativeCode.enter();
    }

    assertThat(collections() - before).isGreaterThanOrEqualTo(2);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
