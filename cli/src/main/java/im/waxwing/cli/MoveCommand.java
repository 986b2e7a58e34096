package im.waxwing.cli;

import im.waxwing.api.FormerHomeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "move", description = "Move your mailbox to another node.")
final class MoveCommand extends AppCommand {
  @Parameters(
      paramLabel = "NODE-ADDRESS",
      description = "The line that the node printed: host:port/KEY/TOKEN.")
  private String address = "";

  MoveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    StatusView status = app.moveHouse(address);
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.say("Your mailbox stands at the new node; your contacts are being told.");
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
