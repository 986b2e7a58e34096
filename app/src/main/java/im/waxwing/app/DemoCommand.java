package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.cli.CliException;
import im.waxwing.cli.ExitCode;
import im.waxwing.cli.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waxwing demo`.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts a node, or more, and the apps of Alice and Bob, to see it work.")
final class DemoCommand implements Callable<Integer> {
  private static final String STEPS =
      """
      Open both pages, each in a window of its own. Then:

        1. Alice: "Invite somebody", "Make an invitation", and copy the link.
        2. Bob: "I was given an invitation", paste the link, "See whose it is", "Accept".
        3. Write to each other. Beside each letter you see it travel: waiting, kept by the node,
           delivered, read. Under the name you see by how many hands it goes.
      """;

  private final Terminal terminal;

  @Option(names = "--check", description = "Do one whole exchange without a browser, then end.")
  private boolean check;

  @Option(
      names = "--federated",
      description = "Give Alice and Bob a node each: letters pass two hands.")
  private boolean federated;

  @Option(
      names = "--onion",
      description = "Start an onion network: letters pass three relays to a swarm of five nodes.")
  private boolean onion;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything here (default: a temporary folder, removed at the end).")
  private Optional<Path> data = Optional.empty();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Demo demo = Demo.in(data, kind())) {
      return check ? check(demo) : show(demo);
    } catch (IOException | ProblemException e) {
      throw new CliException(
          ExitCode.FAILED,
          "the demo did not start: " + e.getMessage(),
          "try: ./waxwing demo --check");
    }
  }

  private Demo.Kind kind() throws CliException {
    if (onion && federated) {
      throw new CliException(
          ExitCode.USAGE, "--federated and --onion exclude each other", "name one of them");
    }
    if (onion) {
      return Demo.Kind.NETWORK;
    }
    return federated ? Demo.Kind.A_NODE_EACH : Demo.Kind.ONE_NODE;
  }

  private int check(Demo demo) throws InterruptedException {
    Optional<String> failure = new DemoCheck(demo, terminal.out()).run();
    if (failure.isEmpty()) {
      terminal.out().println("All of it works.");
      return ExitCode.DONE.number();
    }
    terminal.err().println("FAILED " + failure.get());
    String errors = demo.errors();
    if (!errors.isEmpty()) {
      terminal.err().println(errors);
    }
    return ExitCode.FAILED.number();
  }

  private int show(Demo demo) throws IOException, ProblemException, InterruptedException {
    try (EndOfProgram end = EndOfProgram.expected()) {
      PrintStream out = terminal.out();
      out.printf("Starting %s and two apps ...%n", demo.kind().words());
      demo.begin();
      demo.awaitNodes();
      Demo.Person alice = demo.awaitAlice();
      Demo.Person bob = demo.awaitBob();
      introduce(out, alice);
      introduce(out, bob);
      out.println();
      out.println(STEPS);
      out.println("A link works once, for five minutes; a new one:");
      out.println("  ./waxwing open --data " + alice.folder());
      out.println("Ctrl-C stops all of them.");
      out.flush();
      demo.onEndOfOne(end::ask);
      end.await();
      demo.close();
      return ExitCode.DONE.number();
    }
  }

  private static void introduce(PrintStream out, Demo.Person person) {
    out.printf("%n%s's page:%n  %s%n", person.name(), person.page());
  }
}
