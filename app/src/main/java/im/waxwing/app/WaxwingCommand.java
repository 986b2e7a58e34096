package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.cli.Browser;
import im.waxwing.cli.CliException;
import im.waxwing.cli.DataFolder;
import im.waxwing.cli.ExitCode;
import im.waxwing.cli.Terminal;
import im.waxwing.cli.Version;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waxwing` without a command: runs the app until it is told to stop.
@Command(
    name = "waxwing",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Runs your messenger and opens its page.", ""},
    footer = {"", "Others: waxwing node, node inspect, grid, bench; see ./waxwing help."})
final class WaxwingCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Its data folder (default: ~/.waxwing/app).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where the page listens, on this machine only (default: 7470; 0: any).")
  private Optional<String> port = Optional.empty();

  @Option(names = "--no-browser", description = "Print the page's link instead of opening it.")
  private boolean noBrowser;

  @Option(
      names = "--unsafe-clock-offset",
      paramLabel = "TIME",
      description = "Pretend that the clock is ahead by 26h, -90m, 1d.")
  private Optional<String> clockOffset = Optional.empty();

  WaxwingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException, CliException, InterruptedException {
    Path folder = data.orElseGet(DataFolder::usual).toAbsolutePath();
    try (EndOfProgram end = EndOfProgram.expected();
        FolderLock lock = FolderLock.take(folder);
        AppProgram app = AppProgram.start(folder, AppConfig.read(folder, flags()), lock)) {
      greet(app, folder);
      end.await();
      return ExitCode.DONE.number();
    }
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    port.ifPresent(value -> flags.put(AppConfig.PORT, value));
    clockOffset.ifPresent(value -> flags.put(AppConfig.UNSAFE_CLOCK_OFFSET, value));
    return flags;
  }

  private void greet(AppProgram app, Path folder) {
    if (app.isNew()) {
      terminal.out().println("Welcome. Your account will live in " + folder);
      terminal.out().println("There is no backup yet: losing that folder loses the account.");
      terminal.out().println();
    }
    String link = app.openLink();
    if (!noBrowser && Browser.open(link)) {
      terminal.out().println("Your page opens in the browser: http://127.0.0.1:" + app.port());
    } else {
      Browser.explain(link).forEach(terminal.out()::println);
    }
    terminal.out().println();
    terminal.out().println("Waxwing runs. Ctrl-C stops it; ./waxwing open opens the page again.");
    terminal.out().flush();
  }
}
