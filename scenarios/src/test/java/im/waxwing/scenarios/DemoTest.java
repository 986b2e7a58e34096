package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `waxwing demo`, as a newcomer runs it.
final class DemoTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void oneWholeExchangeSucceeds() throws Exception {
    try (ChildProcess demo = demo(Map.of(), "--check")) {
      assertThat(demo.awaitExit(LIMIT)).as("%s", demo.output()).isZero();
      assertThat(demo.output()).last().isEqualTo("All of it works.");
    }
  }

  @Test
  void oneWholeExchangeBetweenTwoNodesSucceeds() throws Exception {
    try (ChildProcess demo = demo(Map.of(), "--check", "--federated")) {
      assertThat(demo.awaitExit(LIMIT)).as("%s", demo.output()).isZero();
      assertThat(demo.output()).anyMatch(line -> line.startsWith("ok   letters pass 2 hands"));
    }
  }

  @Test
  void oneWholeExchangeThroughAnOnionNetworkSucceeds() throws Exception {
    try (ChildProcess demo = demo(Map.of(), "--check", "--onion")) {
      assertThat(demo.awaitExit(LIMIT)).as("%s", demo.output()).isZero();
      assertThat(demo.output()).anyMatch(line -> line.startsWith("ok   letters pass 4 hands"));
    }
  }

  @Test
  void withoutANodeItSaysWhichStepFailed() throws Exception {
    try (ChildProcess demo = demo(Map.of("WAXWING_NODE_COMMAND", "false"), "--check")) {
      assertThat(demo.awaitExit(LIMIT)).isEqualTo(1);
      assertThat(demo.output()).anyMatch(line -> line.startsWith("FAILED the node starts"));
    }
  }

  @Test
  void allThreeEndWithTheDemoWhenItIsAsked() throws Exception {
    try (ChildProcess demo = demo(Map.of())) {
      List<ProcessHandle> three = awaitThree(demo);

      ProcessHandle.of(demo.pid()).orElseThrow().destroy();

      demo.awaitExit(LIMIT);
      assertAllEnd(three);
    }
  }

  @Test
  void allThreeEndWithTheDemoEvenWhenItIsKilled() throws Exception {
    try (ChildProcess demo = demo(Map.of())) {
      List<ProcessHandle> three = awaitThree(demo);

      demo.kill();

      assertAllEnd(three);
    }
  }

  private ChildProcess demo(Map<String, String> environment, String... options) throws Exception {
    List<String> command = new ArrayList<>(Programs.ofThisCheckout().app());
    command.addAll(List.of("demo", "--data", folder.toString()));
    command.addAll(List.of(options));
    Map<String, String> all = new HashMap<>(Programs.AS_BUILT);
    all.putAll(environment);
    return ChildProcess.start(command, all);
  }

  private static List<ProcessHandle> awaitThree(ChildProcess demo) throws Exception {
    demo.awaitLine("the demo to be ready", line -> line.startsWith("Ctrl-C stops"), LIMIT);
    List<ProcessHandle> children =
        ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
    assertThat(children).hasSize(3).allMatch(ProcessHandle::isAlive);
    return children;
  }

  private static void assertAllEnd(List<ProcessHandle> programs) throws Exception {
    for (ProcessHandle program : programs) {
      program.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(programs).noneMatch(ProcessHandle::isAlive);
  }
}
