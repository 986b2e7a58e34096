package im.waxwing.cli;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "react", description = "Answer a message with an emoji; without one, take it back.")
final class ReactCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(index = "1", paramLabel = "ID", description = "As ./waxwing read --ids shows it.")
  private String id = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "EMOJI",
      description = "One of your choice.")
  private Optional<String> emoji = Optional.empty();

  ReactCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    MessageView message = app.react(contact(app, who).conversation(), id, emoji);
    if (json) {
      terminal.json(message);
    } else {
      terminal.say(emoji.isPresent() ? "They see it with the message." : "Taken back.");
    }
  }
}
