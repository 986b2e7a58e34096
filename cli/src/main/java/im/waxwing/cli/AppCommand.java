package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What all commands share: the data folder, `--json`, `--help`, and a connection to the app.
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class AppCommand implements Callable<Integer> {
  final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The app's data folder (default: ~/.waxwing/app).")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--json", description = "Print JSON, one value a line.")
  boolean json;

  AppCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() throws Exception {
    try (AppClient app = AppClient.connect(folder())) {
      run(app);
      return ExitCode.DONE.number();
    }
  }

  abstract void run(AppClient app) throws Exception;

  private DataFolder folder() {
    return new DataFolder(data.orElseGet(DataFolder::usual));
  }

  /// The contact of this name, or of this conversation id.
  static ContactView contact(AppClient app, String who) throws ProblemException, CliException {
    List<ContactView> all = app.contacts();
    List<ContactView> found =
        all.stream()
            .filter(contact -> contact.conversation().equals(who) || contact.name().equals(who))
            .toList();
    if (found.isEmpty()) {
      found = all.stream().filter(contact -> contact.name().equalsIgnoreCase(who)).toList();
    }
    if (found.size() > 1) {
      throw new CliException(
          ExitCode.UNKNOWN,
          "several contacts have this name",
          "name the conversation instead; see: ./waxwing contacts --json");
    }
    return found.stream()
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemKind.CONTACT_UNKNOWN));
  }
}
