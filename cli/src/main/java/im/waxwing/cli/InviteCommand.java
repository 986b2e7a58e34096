package im.waxwing.cli;

import im.waxwing.api.InvitationView;
import im.waxwing.api.ProblemException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "invite", description = "Make an invitation: a link and a QR code for one person.")
final class InviteCommand extends AppCommand {
  private static final Duration NODE_LIMIT = Duration.ofSeconds(20);

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "168",
      description = "How long it is good, 1 to 8760 hours (default: a week).")
  private int hours;

  InviteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, InterruptedException {
    InvitationView made = app.invite(hours);
    InvitationView invitation =
        Patience.await(app, NODE_LIMIT, () -> laidAtNode(app, made.id())).orElse(made);
    if (json) {
      terminal.json(invitation);
      return;
    }
    terminal.say(invitation.link());
    terminal.say("");
    terminal.out().print(QrCode.of(invitation.link()).text(terminal.coloured()));
    terminal.say("");
    terminal.say("For one person, until " + When.minute(invitation.expiresAt()) + ".");
    if (invitation.state() == InvitationView.State.PREPARING) {
      terminal.say("It works once your node answers; it did not yet.");
    }
  }

  private static Optional<InvitationView> laidAtNode(AppClient app, String id)
      throws ProblemException {
    return app.invitations().stream()
        .filter(each -> each.id().equals(id))
        .filter(each -> each.state() != InvitationView.State.PREPARING)
        .findFirst();
  }
}
