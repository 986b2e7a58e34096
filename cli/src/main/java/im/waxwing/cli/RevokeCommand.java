package im.waxwing.cli;

import im.waxwing.api.InvitationView;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Take an invitation back.")
final class RevokeCommand extends AppCommand {
  @Parameters(paramLabel = "ID", description = "As ./waxwing invitations lists it.")
  private String id = "";

  RevokeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    InvitationView revoked = app.revoke(id);
    if (json) {
      terminal.json(revoked);
    } else {
      terminal.say("The invitation is " + InvitationsCommand.state(revoked) + ".");
    }
  }
}
