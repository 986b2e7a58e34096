package im.waxwing.node;

import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// `waxwing node`: runs a node until it is told to stop, by SIGTERM or Ctrl-C.
public final class NodeProgram {
  public static final int STOPPED = 0;
  public static final int FAILED = 1;
  public static final int BAD_USAGE = 2;
  public static final int FOLDER_IN_USE = 3;
  public static final int PORT_TAKEN = 4;

  private static final String HELP =
      """
      Usage: waxwing node [--data DIR] [--port N] [--public-name HOST] [--bind-address ADDRESS]
                          [--max-mailboxes N] [--disk-reserve SIZE]
                          [--federate everyone|nobody|listed]
                          [--federate-with NODES] [--federate-never NODES]
                          [--directory FILE [--relay] [--storage] [--family NAME] [--weight N]]
             waxwing node inspect [--data DIR] [--json]

      Runs a node: keeps sealed letters for the people you give its address to, and passes
      packets on to other nodes.

        --data DIR             its store and keys (default: ~/.waxwing/node)
        --port N               where it listens (default: 7443; 0: any free port)
        --public-name HOST     the name or IP address by which others reach this machine
        --bind-address ADDRESS the address of this machine to listen on (default: 0.0.0.0)
        --max-mailboxes N      open mailbox-days at one time (default: 2000000)
        --disk-reserve SIZE    free disk space it leaves alone (default: 512MiB)
        --federate WHO         the other nodes it talks to (default: everyone)
        --federate-with NODES  hosts, host:port or node keys, with commas between
        --federate-never NODES likewise; wins over the two before
        --directory FILE       the network file of the onion network to be a node of
        --relay                passes packets of that network on
        --storage              keeps mailboxes of that network, together with other nodes
        --family NAME          the operator's name, for people (a-z 0-9 . -)
        --weight N             how much it offers to carry, 1 to 1000 (default: 10)

      The same settings, without --, may stand in DIR/waxwing-node.conf, as key = value;
      relay and storage take yes or no.
      Exit codes: 130 stopped by Ctrl-C, 143 by SIGTERM, both in good order; 1 failed, 2 wrong flag
      or setting, 3 data folder in use, 4 port taken.
      """;

  private final PrintStream out;
  private final PrintStream err;

  private NodeProgram(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs `waxwing node` with these arguments and returns its exit code.
  public static int run(String... args) {
    return new NodeProgram(System.out, System.err).run(List.of(args), System.console());
  }

  /// The node alone, as a program of its own.
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private int run(List<String> args, @Nullable Console console) {
    if (args.contains("--help")) {
      out.print(HELP);
      return STOPPED;
    }
    if (!args.isEmpty() && args.getFirst().equals("inspect")) {
      return NodeInspect.run(args.subList(1, args.size()), out, err);
    }
    try {
      NodeConfig config = askForName(Settings.parse(args), console);
      serve(config);
      return STOPPED;
    } catch (NodeException e) {
      err.println("error: " + e.getMessage());
      err.println("hint: " + e.hint());
      return exitCode(e);
    } catch (InterruptedException e) {
      return STOPPED;
    }
  }

  /// The exit code that tells this failure.
  public static int exitCode(NodeException e) {
    return switch (e) {
      case NodeException.BadSetting _ -> BAD_USAGE;
      case NodeException.FolderInUse _ -> FOLDER_IN_USE;
      case NodeException.PortTaken _ -> PORT_TAKEN;
      case NodeException.BadStore _ -> FAILED;
    };
  }

  private void serve(NodeConfig config) throws NodeException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Node node = Node.start(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped)));
      introduce(config, node);
      stop.await();
    } finally {
      stopped.countDown();
    }
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void introduce(NodeConfig config, Node node) {
    out.println("The node runs. Its address, for the people who are to live here:");
    out.println();
    out.println("  " + node.address().format());
    out.println();
    node.network().ifPresent(this::introduce);
    if (config.worksHereOnly()) {
      out.println("This address works on this machine only. To let others in, start it with");
      out.println("--public-name and the name or IP address by which they reach this machine.");
    }
    out.println("Its data lies in " + config.data().toAbsolutePath());
    out.println("What it knows: waxwing node inspect. Ctrl-C stops it.");
    out.flush();
  }

  private void introduce(NetworkAddress network) {
    out.println(
        "The onion network it is a node of, for anybody; the first consensus that lists it");
    out.println("holds after one or two epochs:");
    out.println();
    out.println("  " + network.format());
    out.println();
  }

  private NodeConfig askForName(NodeConfig config, @Nullable Console console) {
    if (console == null || !console.isTerminal() || !config.worksHereOnly()) {
      return config;
    }
    out.println("By which name or IP address do others reach this machine?");
    out.print("(empty: this machine only) ");
    out.flush();
    String name = readLine(console);
    if (name.isEmpty()) {
      return config;
    }
    if (!NodeAddress.isHost(name)) {
      out.println("That is no host name; going on without it.");
      return config;
    }
    remember(config.data(), name);
    return config.withPublicName(name);
  }

  private static String readLine(Console console) {
    try {
      String line = new BufferedReader(console.reader()).readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      return "";
    }
  }

  private void remember(Path data, String name) {
    try {
      OwnerOnly.createFolder(data);
      Files.writeString(
          data.resolve(Settings.FILE),
          "public-name = " + name + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      out.println("It could not be written to " + Settings.FILE + " and will be asked again.");
    }
  }
}
