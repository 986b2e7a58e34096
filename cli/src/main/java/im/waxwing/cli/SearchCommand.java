package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.SearchHit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description = "Find messages by their words or the beginnings of them, the newest first.")
final class SearchCommand extends AppCommand {
  @Parameters(arity = "1..*", paramLabel = "WORD", description = "All of them must be there.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--in", paramLabel = "NAME", description = "Only with this contact.")
  private Optional<String> who = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many messages at most, 1 to 500 (default: 20).")
  private int last;

  @Option(names = "--ids", description = "Show the id of each message.")
  private boolean ids;

  SearchCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    Optional<String> where = Optional.empty();
    if (who.isPresent()) {
      where = Optional.of(contact(app, who.get()).conversation());
    }
    Map<String, String> names = new HashMap<>();
    for (ContactView contact : app.contacts()) {
      names.put(contact.conversation(), contact.name());
    }
    for (SearchHit hit : app.search(String.join(" ", words), where, last)) {
      if (json) {
        terminal.json(hit);
      } else {
        terminal.say(line(hit, names.getOrDefault(hit.message().conversation(), "")));
      }
    }
  }

  private String line(SearchHit hit, String name) {
    String other = Terminal.oneLine(name);
    String writer = hit.message().mine() ? "you to " + other : other;
    String id = ids ? Terminal.oneLine(hit.message().id()) + "  " : "";
    return id
        + When.minute(hit.message().sentAt())
        + "  "
        + writer
        + ": "
        + Terminal.oneLine(hit.snippet());
  }
}
