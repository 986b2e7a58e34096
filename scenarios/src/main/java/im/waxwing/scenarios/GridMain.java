package im.waxwing.scenarios;

import java.io.PrintStream;
import java.util.List;

/// `./waxwing grid [--json]`: exit code 0 when every built cell is green, 1 when one is red, 2 for
/// a wrong call.
public final class GridMain {
  private GridMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (!List.of(List.of(), List.of("--json")).contains(arguments)) {
      err.println("error: grid takes no option but --json\nhint: ./waxwing grid --json");
      return 2;
    }
    boolean json = !arguments.isEmpty();
    try {
      Grid grid = Grid.run(Programs.ofThisCheckout(), cell -> tell(cell, json ? err : out));
      out.println(json ? grid.json() : System.lineSeparator() + grid.text());
      return grid.hasRed() ? 1 : 0;
    } catch (ScenarioException e) {
      err.println("error: " + e.getMessage());
      return 1;
    }
  }

  private static void tell(Cell cell, PrintStream to) {
    if (cell.state() == Cell.State.GREEN || cell.state() == Cell.State.RED) {
      to.printf(
          "%s on %s: %s in %d ms%s%n",
          cell.feature().id(),
          cell.network().id(),
          cell.state().id(),
          cell.millis(),
          cell.why().isEmpty() ? "" : " (" + cell.why() + ")");
    }
  }
}
