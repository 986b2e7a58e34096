package im.waxwing.cli;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Try a failed message again; without ID, all failed ones of the last 500.")
final class RetryCommand extends AppCommand {
  private static final int LAST = 500;

  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "As ./waxwing read --ids shows it.")
  private Optional<String> id = Optional.empty();

  RetryCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    String conversation = contact(app, who).conversation();
    List<String> failed = id.isPresent() ? List.of(id.get()) : failed(app, conversation);
    for (String each : failed) {
      MessageView tried = app.retry(conversation, each);
      if (json) {
        terminal.json(tried);
      }
    }
    if (!json) {
      terminal.say(
          switch (failed.size()) {
            case 0 -> "Nothing has failed.";
            case 1 -> "1 message is tried again.";
            default -> failed.size() + " messages are tried again.";
          });
    }
  }

  private static List<String> failed(AppClient app, String conversation) throws ProblemException {
    return app.messages(conversation, Optional.empty(), LAST).messages().stream()
        .filter(message -> message.state() == MessageView.State.FAILED)
        .map(MessageView::id)
        .toList();
  }
}
