package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import im.waxwing.api.SetUp;
import im.waxwing.api.StatusView;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "setup",
    description = "Make your account: a name and a place for letters, nothing else.")
final class SetUpCommand extends AppCommand {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What your contacts will see; nobody else does.")
  private String name = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Home home = new Home();

  /// Where the mailbox is to stand.
  static final class Home {
    @Option(
        names = "--home",
        paramLabel = "PLACE",
        description = "The line that a node printed: host:port/KEY/TOKEN, or onion:host:port/ID.")
    private Optional<String> place = Optional.empty();

    @Option(names = "--here", description = "Run a node on this machine.")
    private boolean here;
  }

  SetUpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    StatusView status = app.setUp(new SetUp(name, home.here ? Optional.empty() : home.place));
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.say("Your account is ready. Next: ./waxwing invite");
    if (!status.hasBackup()) {
      terminal.say("There is no backup yet: losing the data folder loses the account.");
    }
  }
}
