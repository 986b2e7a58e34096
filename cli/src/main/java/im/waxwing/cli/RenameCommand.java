package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rename", description = "Change the name that your contacts see.")
final class RenameCommand extends AppCommand {
  @Parameters(paramLabel = "NAME", description = "1 to 64 characters.")
  private String name = "";

  RenameCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    StatusView status = app.rename(name);
    if (json) {
      terminal.json(status);
    } else {
      terminal.say(
          "You are " + status.name().map(Terminal::oneLine).orElse("") + " to your contacts.");
    }
  }
}
