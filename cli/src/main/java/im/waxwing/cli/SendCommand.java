package im.waxwing.cli;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "send", description = "Write to a contact.")
final class SendCommand extends AppCommand {
  private static final Duration NODE_LIMIT = Duration.ofSeconds(5);
  private static final int LAST = 100;
  private static final int MAX_INPUT = 1024 * 1024;

  @Parameters(index = "0", paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description = "The message; without it, what is typed or piped in.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--reply-to",
      paramLabel = "ID",
      description = "The message it answers, as ./waxwing read --ids shows it.")
  private Optional<String> replyTo = Optional.empty();

  SendCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException, IOException, InterruptedException {
    String conversation = contact(app, who).conversation();
    MessageView sent = app.send(conversation, text(), replyTo);
    MessageView known = Patience.await(app, NODE_LIMIT, () -> gone(app, sent)).orElse(sent);
    if (json) {
      terminal.json(known);
    } else {
      terminal.say(outcome(known));
    }
  }

  private String text() throws IOException {
    if (!words.isEmpty()) {
      return String.join(" ", words);
    }
    byte[] typed = terminal.in().readNBytes(MAX_INPUT);
    return new String(typed, StandardCharsets.UTF_8).stripTrailing();
  }

  private static Optional<MessageView> gone(AppClient app, MessageView sent)
      throws ProblemException {
    return app.messages(sent.conversation(), Optional.empty(), LAST).messages().stream()
        .filter(each -> each.id().equals(sent.id()))
        .filter(each -> each.state() != MessageView.State.SENDING)
        .findFirst();
  }

  private static String outcome(MessageView message) {
    return switch (message.state()) {
      case SENDING -> "It waits here and goes when the node answers.";
      case SENT -> "Sent: a node keeps it for them.";
      case DELIVERED -> "Delivered to their device.";
      case READ -> "Read.";
      case FAILED ->
          message.failure().map(kind -> "Failed: " + kind.sentence() + ".").orElse("Failed.");
      case RECEIVED -> "Received.";
    };
  }
}
