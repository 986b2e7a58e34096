package im.waxwing.cli;

import im.waxwing.api.InvitationView;
import im.waxwing.api.ProblemException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "invitations", description = "The invitations you made.")
final class InvitationsCommand extends AppCommand {
  InvitationsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    List<InvitationView> all = app.invitations();
    if (json) {
      terminal.json(all);
    } else if (all.isEmpty()) {
      terminal.say("No invitations. Make one: ./waxwing invite");
    } else {
      all.forEach(each -> terminal.say(each.id() + "  " + state(each)));
    }
  }

  static String state(InvitationView invitation) {
    return switch (invitation.state()) {
      case PREPARING -> "being prepared";
      case OPEN -> "open until " + When.minute(invitation.expiresAt());
      case USED ->
          "used" + invitation.usedBy().map(name -> " by " + Terminal.oneLine(name)).orElse("");
      case REVOKED -> "taken back";
      case EXPIRED -> "expired";
    };
  }
}
