package im.waxwing.cli;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unsend",
    description = "Remove a message of yours for both; that there was one stays.")
final class UnsendCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(index = "1", paramLabel = "ID", description = "As ./waxwing read --ids shows it.")
  private String id = "";

  UnsendCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    MessageView message = app.unsend(contact(app, who).conversation(), id);
    if (json) {
      terminal.json(message);
    } else {
      terminal.say("Removed here, and there as soon as their device hears of it.");
    }
  }
}
