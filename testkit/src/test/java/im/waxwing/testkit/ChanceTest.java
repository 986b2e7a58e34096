package im.waxwing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceTest {
  @Test
  void theSameSeedGivesTheSameAnswers() {
    assertThat(throwsOf(Chance.ofSeed(42))).isEqualTo(throwsOf(Chance.ofSeed(42)));
    assertThat(throwsOf(Chance.ofSeed(42))).isNotEqualTo(throwsOf(Chance.ofSeed(43)));
  }

  @Test
  void whatASplitDrawsChangesNothingForItsOrigin() {
    Chance one = Chance.ofSeed(42);
    Chance other = Chance.ofSeed(42);

    one.split().between(1, 6);
    throwsOf(other.split());

    assertThat(throwsOf(one)).isEqualTo(throwsOf(other));
  }

  private static List<Integer> throwsOf(Chance chance) {
    return IntStream.range(0, 20).mapToObj(_ -> chance.between(1, 6)).toList();
  }
}
