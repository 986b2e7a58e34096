package im.waxwing.scenarios;

import static im.waxwing.scenarios.NodeScenarios.require;

import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.scenarios.NodeScenarios.Act;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What people do with messages beside writing and reading them; the same on every network.
final class SayingScenarios {
  private static final String HEART = "\u2764";
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private SayingScenarios() {}

  static Map<Feature, Act> all() {
    Map<Feature, Act> all = new EnumMap<>(Feature.class);
    all.put(Feature.TYPING, SayingScenarios::typing);
    all.put(Feature.REPLY, SayingScenarios::reply);
    all.put(Feature.REACTION, SayingScenarios::reaction);
    all.put(Feature.EDIT, SayingScenarios::edit);
    all.put(Feature.DELETE_FOR_EVERYONE, SayingScenarios::deleteForEveryone);
    all.put(Feature.DISAPPEARING, SayingScenarios::disappearing);
    all.put(Feature.CONTACT_BLOCKED, SayingScenarios::contactBlocked);
    return all;
  }

  private static void typing(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    alice.writes("Bob", "Wait, I write more.");
    bob.awaitsText("Alice", "Wait, I write more.");
    long deadline = System.nanoTime() + Person.LIMIT.toNanos();
    while (!bob.hears("typing", MOMENT)) {
      require(System.nanoTime() < deadline, "Bob sees that Alice writes");
      alice.does("typing", "Bob");
    }
    alice.api().call("set-settings", ApiClient.body().put("typing", false).put("readMarks", true));
    alice.does("typing", "Bob");
    alice.writes("Bob", "Done.");
    bob.awaitsText("Alice", "Done.");
    require(!bob.hears("typing", MOMENT), "Bob sees no more that Alice writes");
  }

  private static void reply(Pair pair) throws ScenarioException, InterruptedException {
    String question = pair.alice().writes("Bob", "Shall we meet at noon?");
    pair.bob().awaitsText("Alice", "Shall we meet at noon?");
    pair.bob().answers("Alice", question, "At one.");
    JsonNode quote = pair.alice().awaitsText("Bob", "At one.").path("replyTo");

    require(quote.path("id").asText().equals(question), "Alice sees what Bob answers");
    require(
        quote.path("text").asText().equals("Shall we meet at noon?"), "Alice sees how it begins");
    require(quote.path("mine").asBoolean(), "Alice sees that it was hers");
  }

  private static void reaction(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    String id = alice.writes("Bob", "I baked a cake.");
    bob.awaitsText("Alice", "I baked a cake.");
    bob.reacts("Alice", id, Optional.of(HEART));
    JsonNode seen = alice.awaitsChange("Bob", id, m -> m.path("reactions").size() == 1);
    bob.reacts("Alice", id, Optional.empty());
    alice.awaitsChange("Bob", id, m -> m.path("reactions").isEmpty());

    JsonNode reaction = seen.path("reactions").path(0);
    require(reaction.path("emoji").asText().equals(HEART), "Alice sees Bob's emoji");
    require(!reaction.path("mine").asBoolean(), "Alice sees that it is not hers");
  }

  private static void edit(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    String id = alice.writes("Bob", "See you at nine.");
    bob.awaitsText("Alice", "See you at nine.");
    bob.dies();
    alice.does("edit", "Bob", "message", id, "text", "See you at ten.");
    alice.does("edit", "Bob", "message", id, "text", "See you at eleven.");
    bob.comesBack();
    JsonNode edited = bob.awaitsText("Alice", "See you at eleven.");
    JsonNode history = bob.does("history", "Alice", "message", id);

    require(bob.textsOf("Alice").size() == 1, "Bob has one message");
    require(!edited.path("editedAt").isNull(), "Bob sees that it was edited");
    require(
        history.path(0).path("text").asText().equals("See you at nine."),
        "Bob sees what it said at first");
  }

  private static void deleteForEveryone(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    String id = alice.writes("Bob", "The password is rosebud.");
    bob.awaitsText("Alice", "The password is rosebud.");
    bob.answers("Alice", id, "Oh.");
    alice.does("unsend", "Bob", "message", id);
    JsonNode gone = bob.awaitsChange("Alice", id, m -> m.path("unsent").asBoolean());
    JsonNode found =
        bob.api().call("search", ApiClient.body().put("query", "rosebud").put("limit", 10));

    require(gone.path("text").asText().isEmpty(), "the text is gone");
    require(found.isEmpty(), "nothing is found of it");
    require(
        bob.messages("Alice").getLast().path("replyTo").path("text").asText().isEmpty(),
        "answers do not quote it any more");
  }

  private static void disappearing(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    alice
        .api()
        .call(
            "set-timer",
            ApiClient.body().put("conversation", alice.conversation("Bob")).put("timerSeconds", 5));
    bob.awaitsTimer("Alice", 5);
    String id = alice.writes("Bob", "Burn this letter.");
    JsonNode received = bob.awaitsText("Alice", "Burn this letter.");
    alice.awaitsGone("Bob", id);
    require(bob.textsOf("Alice").size() == 1, "it waits until Bob has read it");
    bob.reads("Alice", received);
    bob.dies();
    bob.comesBack();
    bob.awaitsGone("Alice", id);
    JsonNode found =
        bob.api().call("search", ApiClient.body().put("query", "burn").put("limit", 10));
    require(found.isEmpty(), "nothing is found of it");
  }

  private static void contactBlocked(Pair pair) throws ScenarioException, InterruptedException {
    Person alice = pair.alice();
    Person bob = pair.bob();
    bob.blocks("Alice", true);
    String dropped = alice.writes("Bob", "Hello?");
    alice.awaitsState("Bob", dropped, "SENT");
    bob.blocks("Alice", false);
    String taken = alice.writes("Bob", "Better now?");
    bob.awaitsText("Alice", "Better now?");
    alice.awaitsState("Bob", taken, "DELIVERED");

    require(bob.textsOf("Alice").size() == 1, "Bob has only what came after the block");
    alice.awaitsState("Bob", dropped, "SENT");
  }
}
