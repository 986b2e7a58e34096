package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "block", description = "Drop what a contact writes; they are not told.")
final class BlockCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Option(names = "--undo", description = "Take letters from them again.")
  private boolean undo;

  BlockCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    ContactView contact = app.block(contact(app, who).conversation(), !undo);
    if (json) {
      terminal.json(contact);
    } else {
      terminal.say(
          undo ? "Their letters are taken again." : "Their letters are dropped from now on.");
    }
  }
}
