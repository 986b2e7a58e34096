package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LetterYardstickTest {
  @Test
  void bothWaysWorkForManyTurns() {
    LetterYardstick yardstick = new LetterYardstick(3);

    assertThatCode(
            () -> {
              for (int i = 0; i < 100; i++) {
                yardstick.letter(new byte[i]);
                yardstick.bareMessage(new byte[i]);
              }
            })
        .doesNotThrowAnyException();
  }
}
