package im.waxwing.cli;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/// All commands that speak to a running app, and how their failures are told.
public final class Commands {
  private Commands() {}

  /// Adds the commands to a program and has failures told as `error:` and `hint:`.
  public static CommandLine addTo(CommandLine program, Terminal terminal) {
    program
        .addSubcommand(new SetUpCommand(terminal))
        .addSubcommand(new OpenCommand(terminal))
        .addSubcommand(new StatusCommand(terminal))
        .addSubcommand(new InviteCommand(terminal))
        .addSubcommand(new InvitationsCommand(terminal))
        .addSubcommand(new RevokeCommand(terminal))
        .addSubcommand(new PreviewCommand(terminal))
        .addSubcommand(new AcceptCommand(terminal))
        .addSubcommand(new ContactsCommand(terminal))
        .addSubcommand(new SendCommand(terminal))
        .addSubcommand(new ReadCommand(terminal))
        .addSubcommand(new ReactCommand(terminal))
        .addSubcommand(new EditCommand(terminal))
        .addSubcommand(new UnsendCommand(terminal))
        .addSubcommand(new SearchCommand(terminal))
        .addSubcommand(new TimerCommand(terminal))
        .addSubcommand(new MuteCommand(terminal))
        .addSubcommand(new ArchiveCommand(terminal))
        .addSubcommand(new BlockCommand(terminal))
        .addSubcommand(new RetryCommand(terminal))
        .addSubcommand(new DeleteCommand(terminal))
        .addSubcommand(new VerifyCommand(terminal))
        .addSubcommand(new WaysCommand(terminal))
        .addSubcommand(new MoveCommand(terminal))
        .addSubcommand(new NetworkCommand(terminal))
        .addSubcommand(new RenameCommand(terminal));
    return tellingFailures(program, terminal);
  }

  private static CommandLine tellingFailures(CommandLine program, Terminal terminal) {
    listExitCodes(program);
    program.getSubcommands().values().forEach(Commands::listExitCodes);
    return program
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> tell(e, terminal))
        .setExecutionExceptionHandler((e, _, _) -> tell(e, terminal));
  }

  private static void listExitCodes(CommandLine command) {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(Integer.toString(code.number()), code.meaning()));
    command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    command.getCommandSpec().usageMessage().exitCodeList(codes);
  }

  private static int tell(CommandLine.ParameterException e, Terminal terminal) {
    String message = e.getMessage() == null ? "this is not understood" : e.getMessage();
    terminal.problem(
        Terminal.oneLine(lowerCased(message)),
        "see: ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private static String lowerCased(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private static int tell(Exception e, Terminal terminal) throws Exception {
    return switch (e) {
      case ProblemException problem -> tell(problem, terminal);
      case CliException own -> {
        terminal.problem(String.valueOf(own.getMessage()), own.hint());
        yield own.code().number();
      }
      default -> throw e;
    };
  }

  private static int tell(ProblemException problem, Terminal terminal) {
    ProblemKind kind = problem.kind();
    boolean numbered = kind == ProblemKind.UNEXPECTED;
    String number =
        numbered && problem.getCause() instanceof FailedRequest failed
            ? " (request " + failed.number() + ")"
            : "";
    terminal.problem(kind.sentence() + number, kind.remedy());
    return ExitCode.of(kind).number();
  }
}
