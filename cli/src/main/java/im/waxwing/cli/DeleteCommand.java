package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a message on your own devices; theirs keep what they have.")
final class DeleteCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(index = "1", paramLabel = "ID", description = "As ./waxwing read --ids shows it.")
  private String id = "";

  DeleteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    app.delete(contact(app, who).conversation(), id);
    if (json) {
      terminal.json(Map.of("deleted", id));
    } else {
      terminal.say("Deleted here.");
    }
  }
}
