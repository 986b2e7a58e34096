package im.waxwing.cli;

import im.waxwing.api.ConversationView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "timer",
    description =
        "Have messages go by themselves after reading, on both sides; without TIME, show after how"
            + " long.")
final class TimerCommand extends AppCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TIME",
      description = "5s to 4w, such as 30s, 5m, 8h, 7d, 4w; or off.")
  private Optional<String> time = Optional.empty();

  TimerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    String id = contact(app, who).conversation();
    ConversationView conversation =
        time.isEmpty() ? shown(app, id) : app.setTimer(id, Life.parse(time.get()));
    if (json) {
      terminal.json(conversation);
    } else if (conversation.timerSeconds() == 0) {
      terminal.say("Messages stay.");
    } else {
      terminal.say(
          "Messages written from now on go "
              + Life.words(conversation.timerSeconds())
              + " after they were read.");
    }
  }

  private static ConversationView shown(AppClient app, String id) throws ProblemException {
    return app.conversations().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemKind.CONTACT_UNKNOWN));
  }
}
