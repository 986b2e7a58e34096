package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import im.waxwing.api.SafetyNumberView;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "The safety number to compare with a contact.")
final class VerifyCommand extends AppCommand {
  private static final int GROUP = 5;
  private static final int LINE = 4 * GROUP;

  @Parameters(paramLabel = "NAME", description = "The contact.")
  private String who = "";

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Mark mark = new Mark();

  /// What the comparison showed.
  static final class Mark {
    @Option(names = "--same", description = "The numbers are the same: mark as verified.")
    private boolean same;

    @Option(names = "--forget", description = "Take the mark back.")
    private boolean forget;
  }

  VerifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    String conversation = contact(app, who).conversation();
    SafetyNumberView number =
        mark.same || mark.forget
            ? app.markVerified(conversation, mark.same)
            : app.safetyNumber(conversation);
    if (json) {
      terminal.json(number);
      return;
    }
    for (int i = 0; i < number.digits().length(); i += LINE) {
      terminal.say(grouped(number.digits().substring(i, i + LINE)));
    }
    terminal.say(
        number.verified()
            ? "Marked as verified."
            : "Not verified. If it is the same on their screen: ./waxwing verify NAME --same");
  }

  private static String grouped(String digits) {
    return digits.replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
  }
}
