package im.waxwing.cli;

import im.waxwing.api.FormerHomeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description = "Move your mailbox to another node, or into an onion network.")
final class MoveCommand extends AppCommand {
  @Parameters(
      paramLabel = "PLACE",
      description = "The line that a node printed: host:port/KEY/TOKEN, or onion:host:port/ID.")
  private String place = "";

  MoveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    StatusView status = app.moveHouse(place);
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.say("Your mailbox stands in its new place; your contacts are being told.");
    tellFormer(terminal, status);
  }

  static void tellFormer(Terminal terminal, StatusView status) {
    for (FormerHomeView former : status.formerHomes()) {
      terminal.say(
          "Letters to "
              + Terminal.oneLine(former.host())
              + " are read until "
              + When.minute(former.readUntil())
              + ".");
    }
  }
}
