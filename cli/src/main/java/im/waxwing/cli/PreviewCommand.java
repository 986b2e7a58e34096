package im.waxwing.cli;

import im.waxwing.api.InvitationPreview;
import im.waxwing.api.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "preview", description = "See whose invitation it is, before you accept.")
final class PreviewCommand extends AppCommand {
  @Parameters(paramLabel = "LINK", description = "The whole link, from waxwing: to its end.")
  private String link = "";

  PreviewCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    InvitationPreview preview = app.preview(link);
    if (json) {
      terminal.json(preview);
      return;
    }
    terminal.say("From: " + Terminal.oneLine(preview.name()));
    terminal.say("By:   the node " + Terminal.oneLine(preview.nodeHost()));
    terminal.say("Good: until " + When.minute(preview.expiresAt()));
    terminal.say(
        preview.alreadyContact()
            ? "You are already in contact."
            : "Nothing was told to them. Next: ./waxwing accept LINK");
  }
}
