package im.waxwing.app;

import im.waxwing.cli.Commands;
import im.waxwing.cli.Terminal;
import im.waxwing.node.NodeProgram;
import im.waxwing.node.directory.DirectoryProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/// What the launcher starts: `waxwing [COMMAND]`.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    AppLog.toTerminal();
    Parentage.endWithParent();
    System.exit(run(args));
  }

  private static int run(String... args) {
    if (args.length > 0 && args[0].equals("node")) {
      return NodeProgram.run(Arrays.copyOfRange(args, 1, args.length));
    }
    if (args.length > 0 && args[0].equals("directory")) {
      return DirectoryProgram.run(Arrays.copyOfRange(args, 1, args.length));
    }
    if (args.length == 2 && args[0].equals(DemoNetwork.COMMAND)) {
      return demoNetwork(Path.of(args[1]));
    }
    Terminal terminal = Terminal.ofProcess();
    CommandLine program = new CommandLine(new WaxwingCommand(terminal));
    program.addSubcommand(new DemoCommand(terminal));
    return Commands.addTo(program, terminal).execute(args);
  }

  private static int demoNetwork(Path folder) {
    try {
      return DemoNetwork.run(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
