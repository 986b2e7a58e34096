package im.waxwing.cli;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "edit", description = "Give a message of yours another text, for both.")
final class EditCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(index = "1", paramLabel = "ID", description = "As ./waxwing read --ids shows it.")
  private String id = "";

  @Parameters(index = "2..*", arity = "1..*", paramLabel = "TEXT", description = "The new text.")
  private List<String> words = new ArrayList<>();

  EditCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    MessageView message = app.edit(contact(app, who).conversation(), id, String.join(" ", words));
    if (json) {
      terminal.json(message);
    } else {
      terminal.say("Changed. What it said before stays in its history.");
    }
  }
}
