package im.waxwing.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A real process whose output is kept and can be waited for.
///
/// Safe for many threads.
public final class ChildProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ChildProcess(Process process) {
    this.process = process;
    // Not a virtual thread: reading a pipe holds its carrier, of which there are as many as cores.
    this.reader =
        Thread.ofPlatform().daemon().name("output of a child process").unstarted(this::readOutput);
  }

  /// Starts a command with additions to this process's environment.
  public static ChildProcess start(List<String> command, Map<String, String> environment)
      throws ScenarioException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      ChildProcess child = new ChildProcess(process);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new ScenarioException("could not start " + command.getFirst(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /// The first line, told or to come, that passes; fails when the process ends without it.
  public synchronized String awaitLine(String what, Predicate<String> test, Duration limit)
      throws ScenarioException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        if (test.test(lines.get(seen))) {
          return lines.get(seen);
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new ScenarioException(
            (ended ? "the process ended before " : "timed out waiting for ") + what + lastLines());
      }
      wait(left);
    }
  }

  /// Everything printed so far.
  public synchronized List<String> output() {
    return List.copyOf(lines);
  }

  /// Waits until the process ends by itself and everything it printed is known.
  public int awaitExit(Duration limit) throws ScenarioException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ScenarioException("the process did not end in " + limit.toSeconds() + " s");
    }
    reader.join(STOP_LIMIT);
    return process.exitValue();
  }

  /// `kill -9`: no chance to tidy up.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Asks the process to end, and kills it when it does not.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader()) {
      for (Optional<String> line = next(reader); line.isPresent(); line = next(reader)) {
        add(line.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private static Optional<String> next(BufferedReader reader) throws IOException {
    try {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private String lastLines() {
    int from = Math.max(0, lines.size() - 5);
    return "; it last said: " + String.join(" | ", lines.subList(from, lines.size()));
  }
}
