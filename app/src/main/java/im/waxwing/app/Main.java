package im.waxwing.app;

import im.waxwing.cli.Commands;
import im.waxwing.cli.Terminal;
import im.waxwing.node.NodeProgram;
import im.waxwing.node.directory.DirectoryProgram;
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
    Terminal terminal = Terminal.ofProcess();
    CommandLine program = new CommandLine(new WaxwingCommand(terminal));
    program.addSubcommand(new DemoCommand(terminal));
    return Commands.addTo(program, terminal).execute(args);
  }
}
