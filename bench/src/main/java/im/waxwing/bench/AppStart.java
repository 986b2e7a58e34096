package im.waxwing.bench;

import im.waxwing.scenarios.ChildProcess;
import im.waxwing.scenarios.Person;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long the app of an account that exists takes from the command until its page is there, and
/// how much memory it has then. As it stands built: nothing is compiled meanwhile.
///
/// @param starts how often; the median counts
record AppStart(int starts) implements Benchmark {
  private static final double LIMIT_SECONDS = 2.5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  /// One start.
  ///
  /// @param processorSeconds what the app computed until then; less depends on other programs
  private record Start(double seconds, double processorSeconds, double megabytes) {}

  @Override
  public String name() {
    return "app.start";
  }

  @Override
  public Result run() throws Exception {
    Programs programs = Programs.ofThisCheckout();
    try (Town town = new Town(programs)) {
      Person alice = town.person("Alice", town.node());
      alice.close();
      List<Start> seen = new ArrayList<>();
      for (int i = 0; i < starts; i++) {
        seen.add(start(programs, alice.folder(), alice.port()));
      }
      return result(seen);
    }
  }

  private static Start start(Programs programs, Path folder, int port) throws Exception {
    List<String> command = new ArrayList<>(programs.app());
    command.addAll(
        List.of("--no-browser", "--data", folder.toString(), "--port", Integer.toString(port)));
    String page = "http://127.0.0.1:" + port;
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(page + "/")).timeout(PATIENCE).build();
      long start = System.nanoTime();
      try (ChildProcess app = ChildProcess.start(command, Programs.AS_BUILT)) {
        String _ = app.awaitLine("the page's address", line -> line.contains(page), PATIENCE);
        int status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        if (status != OK) {
          throw new IllegalStateException("the page was answered with " + status);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Start(
            seconds, Load.processorSeconds(app.pid()), Memory.resident(app.pid()) / 1e6);
      }
    }
  }

  private Result result(List<Start> seen) {
    double[] seconds = seen.stream().mapToDouble(Start::seconds).toArray();
    double[] processor = seen.stream().mapToDouble(Start::processorSeconds).toArray();
    double[] megabytes = seen.stream().mapToDouble(Start::megabytes).toArray();
    return new Result(
        name(),
        Interleaved.median(seconds),
        "s",
        LIMIT_SECONDS,
        String.format(
            Locale.ROOT,
            "lower is better; the median of %d starts; %.1f s of processor time; %.0f MB resident"
                + " then (limit 250)",
            seen.size(),
            Interleaved.median(processor),
            Interleaved.median(megabytes)));
  }
}
