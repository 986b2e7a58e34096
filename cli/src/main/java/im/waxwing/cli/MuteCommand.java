package im.waxwing.cli;

import im.waxwing.api.ConversationView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "mute", description = "Have new messages of a contact make no notice.")
final class MuteCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Option(names = "--undo", description = "Have them make a notice again.")
  private boolean undo;

  MuteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    ConversationView conversation = app.setMuted(contact(app, who).conversation(), !undo);
    if (json) {
      terminal.json(conversation);
    } else {
      terminal.say(undo ? "No longer muted." : "Muted.");
    }
  }
}
