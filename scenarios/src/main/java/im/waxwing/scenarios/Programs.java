package im.waxwing.scenarios;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How the real programs are started: by the launcher, as a person starts them.
///
/// @param app the command of the app, before its options
/// @param node the command of the node, before its options
public record Programs(List<String> app, List<String> node) {
  /// Keeps the launcher from building anew what stands built.
  public static final Map<String, String> AS_BUILT = Map.of("WAXWING_NO_BUILD", "1");

  /// The launcher of this checkout. `WAXWING_NODE_COMMAND` puts another program in the place of the
  /// node, so that a test can show that nothing is green without it.
  public static Programs ofThisCheckout() throws ScenarioException {
    List<String> launcher = List.of(launcher().toString());
    String otherNode = System.getenv("WAXWING_NODE_COMMAND");
    List<String> node =
        otherNode == null
            ? Stream.concat(launcher.stream(), Stream.of("node")).toList()
            : List.of(otherNode.split(" "));
    return new Programs(launcher, node);
  }

  /// The command of an authority of an onion network.
  List<String> directory(String... arguments) {
    List<String> command = new ArrayList<>(app);
    command.add("directory");
    command.addAll(List.of(arguments));
    return command;
  }

  /// The same programs with another one in the place of the node.
  Programs withNode(List<String> command) {
    return new Programs(app, command);
  }

  private static Path launcher() throws ScenarioException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("waxwing"))) {
        return folder.resolve("waxwing");
      }
    }
    throw new ScenarioException("the launcher ./waxwing is not here: run this from the checkout");
  }
}
