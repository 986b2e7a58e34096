package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ProblemException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "contacts", description = "Who you can write to.")
final class ContactsCommand extends AppCommand {
  ContactsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    List<ContactView> all = app.contacts();
    if (json) {
      terminal.json(all);
    } else if (all.isEmpty()) {
      terminal.say("No contacts yet. Invite somebody: ./waxwing invite");
    } else {
      all.forEach(each -> terminal.say(Terminal.oneLine(each.name()) + remark(each)));
    }
  }

  private static String remark(ContactView contact) {
    if (contact.keyChanged()) {
      return "  (letters came under another key and were refused)";
    }
    return switch (contact.state()) {
      case WAITING -> "  (no word from their device yet)";
      case LOST -> "  (never established: somebody else used the invitation)";
      case ESTABLISHED -> contact.verified() ? "  (verified)" : "";
    };
  }
}
