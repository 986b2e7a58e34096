package im.waxwing.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command of the launcher, run to its end, as a person runs it in a terminal.
record Run(int exitCode, String out, String err) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  static Run of(String... arguments) throws Exception {
    return with(Map.of(), arguments);
  }

  /// @param environment variables besides those of this process
  static Run with(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(Programs.ofThisCheckout().app());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Programs.AS_BUILT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroy();
      throw new AssertionError("it did not end: " + String.join(" ", arguments));
    }
    return new Run(process.exitValue(), out.join(), err.join());
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        runnable -> Thread.ofPlatform().daemon().start(runnable));
  }
}
