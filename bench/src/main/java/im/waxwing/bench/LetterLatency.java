package im.waxwing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.MessageId;
import im.waxwing.scenarios.ApiClient;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.OnionNetwork;
import im.waxwing.scenarios.Person;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// How long a letter takes from Alice's call of the local API to Bob's event, through two apps and
/// the nodes between, all real processes. One letter after the other; each is on Bob's disk when he
/// hears of it.
///
/// @param warmUp letters before those that count
/// @param letters letters that count
record LetterLatency(Way way, int warmUp, int letters) implements Benchmark {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Where letters pass.
  enum Way {
    /// One node, which Alice and Bob share.
    RELAY("letter.latency", 15),
    /// A node of Alice's and one of Bob's.
    FEDERATED("letter.latency.federated", 25),
    /// Three relays, a swarm of five, three relays.
    ONION("letter.latency.onion", 60);

    private final String name;
    private final double limit;

    Way(String name, double limit) {
      this.name = name;
      this.limit = limit;
    }

    /// In milliseconds.
    double limit() {
      return limit;
    }
  }

  @Override
  public String name() {
    return way.name;
  }

  @Override
  public Result run() throws Exception {
    Programs programs = Programs.ofThisCheckout();
    if (way == Way.ONION) {
      try (OnionNetwork network = OnionNetwork.start(programs);
          Town town = new Town(programs)) {
        return between(town.person("Alice", network), town.person("Bob", network));
      }
    }
    try (Town town = new Town(programs)) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      return between(alice, town.person("Bob", way == Way.RELAY ? node : town.node()));
    }
  }

  private Result between(Person alice, Person bob) throws Exception {
    Town.introduce(alice, bob);
    String conversation = alice.conversation("Bob");
    double[] millis = new double[letters];
    for (int i = -warmUp; i < letters; i++) {
      double took = send(alice, bob, conversation);
      if (i >= 0) {
        millis[i] = took;
      }
    }
    return result(millis);
  }

  private static double send(Person alice, Person bob, String conversation) throws Exception {
    String id = ByteString.copyOf(SecretBytes.generate(MessageId.SIZE).exposeSecret()).base64Url();
    var letter =
        ApiClient.body()
            .put("conversation", conversation)
            .put("id", id)
            .put("text", "How long does this take?");
    long start = System.nanoTime();
    alice.api().call("send", letter);
    awaitMessage(bob, id);
    return (System.nanoTime() - start) / 1e6;
  }

  private static void awaitMessage(Person bob, String id) throws InterruptedException {
    while (true) {
      JsonNode event =
          bob.api()
              .nextEvent(PATIENCE)
              .orElseThrow(() -> new IllegalStateException("a letter did not arrive"));
      if (event.path("message").path("id").asText().equals(id)) {
        return;
      }
    }
  }

  private Result result(double[] millis) {
    Arrays.sort(millis);
    return new Result(
        name(),
        Interleaved.median(millis),
        "ms",
        way.limit,
        String.format(
            Locale.ROOT,
            "lower is better; the median of %d letters; 99 of 100 took at most %.1f ms",
            millis.length,
            millis[(millis.length - 1) * 99 / 100]));
  }
}
