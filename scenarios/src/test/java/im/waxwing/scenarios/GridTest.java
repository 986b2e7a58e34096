package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GridTest {
  private static final int BUILT = 39;

  @Test
  void everyBuiltCellIsGreenThroughRealProcesses() throws Exception {
    Grid grid = Grid.run(Programs.ofThisCheckout(), cell -> {});

    assertThat(built(grid)).hasSize(BUILT).allMatch(cell -> cell.state() == Cell.State.GREEN);
    assertThat(grid.hasRed()).isFalse();
  }

  @Test
  void withoutTheNodeEveryBuiltCellIsRedAndTheOthersSayWhyTheyAreNot() throws Exception {
    Grid grid = Grid.run(Programs.ofThisCheckout().withNode(List.of("/bin/false")), cell -> {});

    assertThat(built(grid)).hasSize(BUILT).allMatch(cell -> cell.state() == Cell.State.RED);
    assertThat(grid.hasRed()).isTrue();
    assertThat(grid.cells()).hasSize(Feature.values().length * Network.values().length);
    assertThat(grid.json())
        .contains(
            "{\"feature\":\"voice-call\",\"network\":\"onion\",\"state\":\"unbuilt\",\"millis\":0,\"why\":\"not"
                + " built\"}")
        .contains(
            "\"feature\":\"voice-call\",\"network\":\"direct-drive\",\"state\":\"not-applicable\"");
  }

  private static List<Cell> built(Grid grid) {
    return grid.cells().stream()
        .filter(cell -> cell.state() == Cell.State.GREEN || cell.state() == Cell.State.RED)
        .toList();
  }
}
