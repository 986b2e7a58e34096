package im.waxwing.cli;

import im.waxwing.api.ConversationView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "archive", description = "Put a conversation away until a new message comes.")
final class ArchiveCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Option(names = "--undo", description = "Bring it back.")
  private boolean undo;

  ArchiveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    ConversationView conversation = app.setArchived(contact(app, who).conversation(), !undo);
    if (json) {
      terminal.json(conversation);
    } else {
      terminal.say(undo ? "It is back in the list." : "Put away.");
    }
  }
}
