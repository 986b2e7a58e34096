package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.carrier.relayed.SwarmFetch.Cursor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final long LAST = 1_048_574;

  @Test
  void theFirstMembersSequencesAreTheirOwnCursors() {
    assertThat(Cursor.of(0)).isEqualTo(new Cursor(0, 0, 0));
    assertThat(new Cursor(0, 0, 7).number()).isEqualTo(7);
  }

  @Test
  void aCursorIsReadAsItWasWritten() {
    for (Cursor cursor : List.of(new Cursor(4, 2, LAST), new Cursor(14, 6, 1))) {
      assertThat(cursor.number()).isPositive();
      assertThat(Cursor.of(cursor.number())).isEqualTo(cursor);
    }
  }

  @Test
  void itGrowsWithEveryStep() {
    Cursor first = new Cursor(0, 0, 0);
    Cursor later = first.at(LAST);

    assertThat(
            List.of(
                first.number(),
                later.number(),
                later.behindMember().number(),
                later.behindMember().passingOver().number(),
                later.behindMember().passingOver().at(1).number()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aMemberCannotSendUsBackNorTooFar() {
    Cursor cursor = new Cursor(1, 0, 5);

    assertThat(cursor.mayGoTo(6)).isTrue();
    assertThat(cursor.mayGoTo(5)).isFalse();
    assertThat(cursor.mayGoTo(1L << 48)).isFalse();
  }
}
