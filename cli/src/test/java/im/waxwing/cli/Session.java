package im.waxwing.cli;

import im.waxwing.api.memory.MemoryMessenger;
import im.waxwing.web.ApiTokens;
import im.waxwing.web.WebServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/// A person at a command line, before the real loopback server of a messenger in memory.
final class Session implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final WebServer server;
  private String input = "";

  Session(MemoryMessenger messenger, Path folder) throws Exception {
    this.folder = folder;
    ApiTokens tokens = ApiTokens.open(folder, InstantSource.system());
    tokens.writeProgramToken();
    server = WebServer.start(vertx, messenger, tokens, InstantSource.system(), 0);
    Files.writeString(new DataFolder(folder).lockFile(), server.port() + "\n1\n");
  }

  int port() {
    return server.port();
  }

  /// What the next command reads.
  Session typing(String text) {
    input = text;
    return this;
  }

  /// Runs `waxwing …` on this folder.
  Outcome run(String... words) {
    List<String> args = new ArrayList<>(Arrays.asList(words));
    args.addAll(1, List.of("--data", folder.toString()));
    return run(input, args);
  }

  static Outcome run(String input, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    CommandLine program = Commands.addTo(new CommandLine(new Root()), terminal);
    int code = program.execute(args.toArray(String[]::new));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// What a command left behind.
  record Outcome(int code, String out, String err) {}

  @CommandLine.Command(name = "waxwing", mixinStandardHelpOptions = true)
  private static final class Root {}

  @Override
  public void close() {
    server.close();
    vertx.close().await();
  }
}
