package im.waxwing.node;

import java.io.PrintStream;
import java.util.List;

final class NodeInspect {
  static int run(List<String> a, PrintStream o, PrintStream e) {
    return 0;
  }
}
