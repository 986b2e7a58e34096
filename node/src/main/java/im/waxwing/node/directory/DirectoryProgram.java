package im.waxwing.node.directory;

import im.waxwing.node.NodeException;
import im.waxwing.node.NodeProgram;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// `waxwing directory`: makes, runs and shows the authorities of an onion network.
public final class DirectoryProgram {
  private static final String HELP =
      """
      Usage: waxwing directory init [--data DIR] --public-name HOST [--port N]
             waxwing directory init --local N [--data DIR] [--epoch TIME]
             waxwing directory run  [--data DIR] [--with FILE] [--mode fast|mixed]
                                    [--admission BITS] [--bind-address ADDRESS]
             waxwing directory show (--directory FILE | --data DIR) [--json]

      The authorities of an onion network: 3 to 5, best of as many operators.

        init   makes an authority's key and prints its line. Put the lines of all into one file: the
               network file. Whoever runs a node or an app in the network needs that file, and no
               other. A line 'epoch 3600000ms' in it sets the length of an epoch (default: 1 hour).
        init --local N   all N authorities of a network on this machine, and the network file.
        run    runs the authority in DIR, or all that init --local made there; --with FILE gives
               it the network file, once.
        show   prints the newest consensus, verified.

        --data DIR             its folder (default: ~/.waxwing/directory)
        --public-name HOST     the name or IP address by which others reach this machine
        --port N               where it listens (default: 7444)
        --bind-address ADDRESS the address of this machine to listen on (default: 0.0.0.0)
        --mode fast|mixed      what it votes for (default: fast)
        --admission BITS       likewise: the work that opening a mailbox costs, 0 to 40, each one
                               doubles it (default: 16)

      Exit codes: 130 stopped by Ctrl-C, 143 by SIGTERM; 1 failed, 2 wrong flag or file, 3 folder in
      use, 4 port taken.
      """;

  private final PrintStream out;
  private final PrintStream err;

  private DirectoryProgram(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs `waxwing directory` with these arguments and returns its exit code.
  public static int run(String... args) {
    return run(List.of(args), System.out, System.err);
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    return new DirectoryProgram(out, err).run(args);
  }

  private int run(List<String> args) {
    if (args.isEmpty() || args.contains("--help")) {
      out.print(HELP);
      return NodeProgram.STOPPED;
    }
    List<String> rest = args.subList(1, args.size());
    try {
      return switch (args.getFirst()) {
        case "init" -> init(rest);
        case "run" -> serve(rest);
        case "show" -> show(rest);
        default ->
            throw new NodeException.BadSetting(
                "'" + args.getFirst() + "' is no command", "try: waxwing directory --help");
      };
    } catch (NodeException e) {
      err.println("error: " + e.getMessage());
      err.println("hint: " + e.hint());
      return NodeProgram.exitCode(e);
    } catch (IOException e) {
      err.println("error: the data folder cannot be written");
      err.println("hint: check that it is yours and that the disk is not full");
      return NodeProgram.FAILED;
    } catch (InterruptedException e) {
      return NodeProgram.STOPPED;
    }
  }

  private int init(List<String> args) throws NodeException, IOException {
    Flags flags = Flags.parse(args, Set.of("data", "public-name", "port", "local", "epoch"));
    if (flags.has("local")) {
      int count =
          flags.number("local", AuthoritySet.FEWEST, AuthoritySet.MOST, AuthoritySet.FEWEST);
      AuthoritySet set =
          Founding.local(flags.data(), count, flags.time("epoch", AuthoritySet.USUAL_EPOCH));
      out.println(set.authorities().size() + " authorities are made in " + flags.data());
      out.println("Run them: waxwing directory run --data " + flags.data());
      out.println("Network file: " + flags.data().resolve(AuthorityFolder.NETWORK_FILE));
      return NodeProgram.STOPPED;
    }
    String host =
        flags
            .text("public-name")
            .orElseThrow(
                () ->
                    new NodeException.BadSetting(
                        "others must reach an authority", "give --public-name HOST"));
    int port = flags.number("port", 1, 65_535, AuthorityConfig.DEFAULT_PORT);
    String line = Founding.one(flags.data(), host, port).format();
    out.println("The authority's line, for the network file:");
    out.println();
    out.println("authority " + line);
    out.println();
    out.println("Its key lies in " + flags.data() + "; keep a copy of it in a safe place.");
    return NodeProgram.STOPPED;
  }

  private int serve(List<String> args) throws NodeException, IOException, InterruptedException {
    Flags flags = Flags.parse(args, Set.of("data", "with", "mode", "admission", "bind-address"));
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    List<AuthorityNode> running = new ArrayList<>();
    try {
      for (Path folder : folders(flags.data())) {
        running.add(start(folder, flags));
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped)));
      out.println(
          running.size() == 1 ? "The authority runs." : running.size() + " authorities run.");
      out.println("What is agreed: waxwing directory show --data " + flags.data());
      out.println("Ctrl-C stops it.");
      out.flush();
      stop.await();
      return NodeProgram.STOPPED;
    } finally {
      running.forEach(AuthorityNode::close);
      stopped.countDown();
    }
  }

  private static AuthorityNode start(Path folder, Flags flags) throws NodeException, IOException {
    Optional<String> with = flags.text("with");
    if (with.isPresent()) {
      AuthoritySet set = AuthorityFolder.network(Path.of(with.get()));
      try (AuthorityFolder open = AuthorityFolder.open(folder)) {
        open.rememberNetwork(set);
      }
    }
    AuthoritySet set = AuthorityFolder.network(folder.resolve(AuthorityFolder.NETWORK_FILE));
    boolean here =
        set.authorities().stream().allMatch(one -> AuthorityConfig.isHere(one.address()));
    int admission =
        flags.number(
            "admission", 0, SwarmAdmission.MOST_BITS, Parameters.STANDARD.admissionZeroBits());
    Parameters parameters = Parameters.STANDARD.with(mode(flags)).withAdmission(admission);
    return AuthorityNode.start(
        new AuthorityConfig(
            folder,
            flags.text("bind-address").orElse(here ? "127.0.0.1" : "0.0.0.0"),
            // On one machine every node has the same address.
            here ? parameters.with(Set.of()) : parameters),
        Clock.systemUTC());
  }

  private static Parameters.Mode mode(Flags flags) throws NodeException {
    return switch (flags.text("mode").orElse("fast")) {
      case "fast" -> Parameters.Mode.FAST;
      case "mixed" -> Parameters.Mode.MIXED;
      default -> throw new NodeException.BadSetting("--mode must be fast or mixed", "change it");
    };
  }

  /// The folder itself, or those that `init --local` made in it.
  private static List<Path> folders(Path data) throws NodeException, IOException {
    if (AuthorityFolder.isOne(data)) {
      return List.of(data);
    }
    if (Files.isDirectory(data)) {
      try (Stream<Path> inside = Files.list(data)) {
        List<Path> folders = inside.filter(AuthorityFolder::isOne).sorted().toList();
        if (!folders.isEmpty()) {
          return folders;
        }
      }
    }
    throw new NodeException.BadSetting(
        "there is no authority in " + data, "make one: waxwing directory init --help");
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int show(List<String> args) throws NodeException, InterruptedException {
    Flags flags = Flags.parse(args, Set.of("data", "directory", "json"));
    Path file =
        flags
            .text("directory")
            .map(Path::of)
            .orElse(flags.data().resolve(AuthorityFolder.NETWORK_FILE));
    AuthoritySet set = AuthorityFolder.network(file);
    Listing listing = new Listing(set, Clock.systemUTC().instant());
    Optional<SignedConsensus> newest = listing.fetch();
    if (newest.isEmpty()) {
      err.println("error: no authority that answers has a consensus that may be used");
      err.println("hint: the first one is there after one epoch, if more than half are running");
      return NodeProgram.FAILED;
    }
    if (flags.has("json")) {
      listing.printJson(newest.get(), out);
    } else {
      listing.print(newest.get(), out);
    }
    return NodeProgram.STOPPED;
  }
}
