package im.waxwing.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another Waxwing program, started by this one and ended with it.
final class ChildProgram implements AutoCloseable {
  private static final String NODE_COMMAND = "WAXWING_NODE_COMMAND";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final CompletableFuture<String> word = new CompletableFuture<>();

  private ChildProgram(Process process, Pattern awaited) {
    this.process = process;
    Thread.ofPlatform().daemon().name("waxwing-child").start(() -> readUntilEnd(awaited));
  }

  /// The command that starts a node, before its options. `WAXWING_NODE_COMMAND` puts another
  /// program in its place, so that a test can show that nothing works without it.
  static List<String> node() throws IOException {
    Optional<String> other = Optional.ofNullable(System.getenv(NODE_COMMAND));
    if (other.isPresent()) {
      return Arrays.asList(other.get().split(" ", -1));
    }
    List<String> command = new ArrayList<>(app());
    command.add("node");
    return command;
  }

  /// The command that starts an app, before its options.
  static List<String> app() throws IOException {
    String launcher = System.getProperty("waxwing.launcher");
    if (launcher == null) {
      throw new IOException("not started by the launcher");
    }
    return List.of(launcher);
  }

  /// Starts a program.
  ///
  /// @param awaited what it prints when it is ready; the first group is its word
  /// @param errors where its error lines go
  static ChildProgram start(List<String> command, Pattern awaited, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().put("WAXWING_NO_BUILD", "1");
    builder.environment().put(Parentage.VARIABLE, "1");
    return new ChildProgram(builder.start(), awaited);
  }

  /// What it printed when it was ready.
  ///
  /// @throws IOException if it ended or stayed silent
  String awaitWord(Duration limit) throws IOException, InterruptedException {
    try {
      return word.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("it ended before it was ready", e);
    } catch (TimeoutException e) {
      throw new IOException("it was not ready in time", e);
    }
  }

  /// Runs `task` once the program has ended, however it ended.
  void onEnd(Runnable task) {
    var _ = process.onExit().thenRun(task);
  }

  /// Begins to end it, without waiting.
  void askToEnd() {
    process.destroy();
  }

  @Override
  public void close() {
    askToEnd();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readUntilEnd(Pattern awaited) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher matcher = awaited.matcher(line);
        if (matcher.find()) {
          word.complete(matcher.group(1));
        }
      }
    } catch (IOException e) {
      // It has ended.
    } finally {
      word.completeExceptionally(new IOException("its output ended"));
    }
  }
}
