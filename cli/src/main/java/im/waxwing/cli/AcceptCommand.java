package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "accept", description = "Accept an invitation.")
final class AcceptCommand extends AppCommand {
  @Parameters(paramLabel = "LINK", description = "The whole link, from waxwing: to its end.")
  private String link = "";

  AcceptCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    ContactView contact = app.accept(link);
    if (json) {
      terminal.json(contact);
      return;
    }
    terminal.say("You can write to " + Terminal.oneLine(contact.name()) + " now.");
    if (contact.state() == ContactView.State.WAITING) {
      terminal.say("Their device has not answered yet; letters wait meanwhile.");
    }
  }
}
