package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "open", description = "Open your page in the browser again.")
final class OpenCommand extends AppCommand {
  @Option(names = "--no-browser", description = "Only print the link.")
  private boolean noBrowser;

  OpenCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    String link = app.openPage();
    if (json) {
      terminal.json(Map.of("link", link));
    } else if (noBrowser || !Browser.open(link)) {
      Browser.explain(link).forEach(terminal::say);
    }
  }
}
