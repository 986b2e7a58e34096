package im.waxwing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.MessageId;
import im.waxwing.scenarios.ApiClient;
import im.waxwing.scenarios.NodeProcess;
import im.waxwing.scenarios.Person;
import im.waxwing.scenarios.Programs;
import im.waxwing.scenarios.Town;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// How long a letter takes from Alice's call of the local API to Bob's event, through two apps and
/// one node or two, all real processes. One letter after the other; each is on Bob's disk when he
/// hears of it.
///
/// @param federated Alice and Bob have a node each, and a letter passes both
/// @param warmUp letters before those that count
/// @param letters letters that count
record LetterLatency(boolean federated, int warmUp, int letters) implements Benchmark {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return federated ? "letter.latency.federated" : "letter.latency";
  }

  @Override
  public Result run() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      Person alice = town.person("Alice", node);
      Person bob = town.person("Bob", federated ? town.node() : node);
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
        federated ? 25 : 15,
        String.format(
            Locale.ROOT,
            "lower is better; the median of %d letters; 99 of 100 took at most %.1f ms",
            millis.length,
            millis[(millis.length - 1) * 99 / 100]));
  }
}
