package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "read",
    description = "Read a conversation and mark it as read; without NAME, what is unread.")
final class ReadCommand extends AppCommand {
  private static final String INDENT = "    ";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The contact.")
  private Optional<String> who = Optional.empty();

  @Option(names = "--follow", description = "Stay, and show what comes, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many messages at most, 1 to 500 (default: 20).")
  private int last;

  @Option(names = "--ids", description = "Show the id of each message, for retry and delete.")
  private boolean ids;

  private final Set<String> shown = new HashSet<>();

  ReadCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException, InterruptedException {
    if (who.isEmpty()) {
      overview(app.conversations());
      return;
    }
    ContactView contact = contact(app, who.get());
    if (follow) {
      follow(app, contact);
    } else {
      showLast(app, contact);
    }
  }

  private void overview(List<ConversationView> all) {
    if (json) {
      terminal.json(all);
      return;
    }
    all.forEach(
        each -> terminal.say(Terminal.oneLine(each.name()) + ": " + each.unread() + " unread"));
  }

  private void showLast(AppClient app, ContactView contact) throws ProblemException {
    for (MessageView message :
        app.messages(contact.conversation(), Optional.empty(), last).messages()) {
      show(app, contact, message);
    }
  }

  /// Listens first and reads then, so that nothing falls between.
  private void follow(AppClient app, ContactView contact)
      throws ProblemException, InterruptedException {
    BlockingQueue<Optional<MessageView>> incoming = new LinkedBlockingQueue<>();
    try (EventStream stream = app.listen(event -> of(contact, event).ifPresent(incoming::add))) {
      Thread.ofVirtual().start(() -> endWith(stream, incoming));
      showLast(app, contact);
      terminal.out().flush();
      while (true) {
        Optional<MessageView> next = incoming.take();
        if (next.isEmpty()) {
          return;
        }
        show(app, contact, next.get());
        terminal.out().flush();
      }
    }
  }

  private static Optional<Optional<MessageView>> of(ContactView contact, Event event) {
    return event instanceof Event.MessageChanged(MessageView message)
            && message.conversation().equals(contact.conversation())
        ? Optional.of(Optional.of(message))
        : Optional.empty();
  }

  private static void endWith(EventStream stream, BlockingQueue<Optional<MessageView>> incoming) {
    try {
      stream.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    incoming.add(Optional.empty());
  }

  private void show(AppClient app, ContactView contact, MessageView message)
      throws ProblemException {
    if (!shown.add(message.id())) {
      return;
    }
    if (json) {
      terminal.json(message);
    } else {
      String writer = message.mine() ? "you" + mark(message) : Terminal.oneLine(contact.name());
      String id = ids ? Terminal.oneLine(message.id()) + "  " : "";
      terminal.say(id + When.minute(message.sentAt()) + "  " + writer + ": " + words(message));
      message.replyTo().ifPresent(quote -> terminal.say(answered(contact, quote)));
      reactions(message).ifPresent(line -> terminal.say(INDENT + line));
    }
    if (message.state() == MessageView.State.RECEIVED) {
      app.markRead(contact.conversation(), message.id());
    }
  }

  private static String words(MessageView message) {
    if (message.unsent()) {
      return "(removed)";
    }
    return Terminal.lines(message.text(), INDENT)
        + (message.editedAt().isPresent() ? " (edited)" : "");
  }

  private static String answered(ContactView contact, Quote quote) {
    String writer = quote.mine() ? "you" : Terminal.oneLine(contact.name());
    String text = quote.text().isEmpty() ? "(removed)" : Terminal.oneLine(quote.text());
    return INDENT + "in answer to " + writer + ": " + text;
  }

  private static Optional<String> reactions(MessageView message) {
    return message.reactions().stream()
        .map(ReadCommand::reaction)
        .reduce((all, next) -> all + "  " + next);
  }

  private static String reaction(ReactionView reaction) {
    String count = reaction.count() > 1 ? " " + reaction.count() : "";
    return Terminal.oneLine(reaction.emoji()) + count + (reaction.mine() ? " (yours)" : "");
  }

  private static String mark(MessageView message) {
    return switch (message.state()) {
      case SENDING -> " (waits)";
      case SENT -> " (sent)";
      case DELIVERED -> " (delivered)";
      case READ -> " (read)";
      case FAILED -> " (failed)";
      case RECEIVED -> "";
    };
  }
}
