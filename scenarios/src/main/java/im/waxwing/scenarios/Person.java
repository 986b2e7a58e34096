package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Somebody with a running app of their own, told in the words of a person.
public final class Person implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final String name;
  private final List<String> command;
  private final Path folder;
  private final int port;
  private ChildProcess process;
  private ApiClient api;

  private Person(String name, List<String> command, Path folder, int port)
      throws ScenarioException, InterruptedException {
    this.name = name;
    this.command = command;
    this.folder = folder;
    this.port = port;
    this.process = ChildProcess.start(command, Programs.AS_BUILT);
    this.api = connect();
  }

  /// Starts an app in a folder of its own and waits until its page answers.
  static Person start(Programs programs, String name, Path folder, List<String> options)
      throws ScenarioException, InterruptedException {
    int port = FreePort.find();
    List<String> command = new ArrayList<>(programs.app());
    command.addAll(
        List.of("--no-browser", "--data", folder.toString(), "--port", Integer.toString(port)));
    command.addAll(options);
    return new Person(name, command, folder, port);
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public Path folder() {
    return folder;
  }

  List<String> output() {
    return process.output();
  }

  /// A fresh link that opens the page once.
  String pageLink() throws ScenarioException, InterruptedException {
    return api.call("open-page", ApiClient.body()).path("link").asText();
  }

  /// The app's local API, for what a person has no words for.
  public ApiClient api() {
    return api;
  }

  /// The app's process, until the person comes back.
  public long pid() {
    return process.pid();
  }

  /// The conversation with a contact, as the API names it.
  public String conversation(String other) throws ScenarioException, InterruptedException {
    return contact(other)
        .orElseThrow(() -> new ScenarioException(name + " has no contact " + other))
        .path("conversation")
        .asText();
  }

  void setsUp(NodeProcess node) throws ScenarioException, InterruptedException {
    setsUp(node.address());
  }

  void setsUp(String home) throws ScenarioException, InterruptedException {
    api.call("set-up", ApiClient.body().put("name", name).put("home", home));
    awaitsHome();
  }

  /// Opens a mailbox in an onion network, beside the one at a node.
  void enters(OnionNetwork network) throws ScenarioException, InterruptedException {
    api.call("enter-network", ApiClient.body().put("address", network.address()));
    awaitsNetwork();
  }

  /// Leaves every home for another.
  void moves(String place) throws ScenarioException, InterruptedException {
    api.call("move-house", ApiClient.body().put("place", place));
  }

  private void awaitsHome() throws ScenarioException, InterruptedException {
    if (status().path("network").isObject()) {
      awaitsNetwork();
    } else {
      awaitsNode();
    }
  }

  void awaitsNetwork() throws ScenarioException, InterruptedException {
    await(
        name + "'s app is connected to the network",
        () ->
            Optional.of(status())
                .filter(
                    status -> status.path("network").path("state").asText().equals("CONNECTED")));
  }

  void awaitsNode() throws ScenarioException, InterruptedException {
    await(
        name + "'s app is connected to the node",
        () ->
            Optional.of(status())
                .filter(status -> status.path("node").path("state").asText().equals("CONNECTED")));
  }

  JsonNode status() throws ScenarioException, InterruptedException {
    return api.call("status", ApiClient.body());
  }

  /// Makes an invitation and waits until it lies at the node.
  String invites() throws ScenarioException, InterruptedException {
    JsonNode made = api.call("invite", ApiClient.body().put("lifeHours", 24));
    String id = made.path("id").asText();
    await(
        "the invitation lies at the node",
        () ->
            find(
                api.call("invitations", ApiClient.body()),
                each ->
                    each.path("id").asText().equals(id)
                        && each.path("state").asText().equals("OPEN")));
    return made.path("link").asText();
  }

  JsonNode looksAt(String link) throws ScenarioException, InterruptedException {
    return api.call("preview", ApiClient.body().put("link", link));
  }

  void accepts(String link) throws ScenarioException, InterruptedException {
    api.call("accept", ApiClient.body().put("link", link));
  }

  List<JsonNode> contacts() throws ScenarioException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    api.call("contacts", ApiClient.body()).forEach(all::add);
    return all;
  }

  void awaitsContact(String other) throws ScenarioException, InterruptedException {
    await(
        name + " has " + other + " as a contact",
        () -> contact(other).filter(c -> c.path("state").asText().equals("ESTABLISHED")));
  }

  /// Writes to a contact; the message's id.
  String writes(String other, String text) throws ScenarioException, InterruptedException {
    String id = ByteString.copyOf(SecretBytes.generate(16).exposeSecret()).base64Url();
    api.call(
        "send",
        ApiClient.body().put("conversation", conversation(other)).put("id", id).put("text", text));
    return id;
  }

  /// Answers a message of the conversation.
  void answers(String other, String message, String text)
      throws ScenarioException, InterruptedException {
    String id = ByteString.copyOf(SecretBytes.generate(16).exposeSecret()).base64Url();
    does("send", other, "id", id, "text", text, "replyTo", message);
  }

  /// Calls an operation of the conversation with a contact.
  ///
  /// @param fields further names and values
  JsonNode does(String operation, String other, String... fields)
      throws ScenarioException, InterruptedException {
    var body = ApiClient.body().put("conversation", conversation(other));
    for (int i = 0; i < fields.length; i += 2) {
      body.put(fields[i], fields[i + 1]);
    }
    return api.call(operation, body);
  }

  /// @param emoji empty: takes it back
  void reacts(String other, String message, Optional<String> emoji)
      throws ScenarioException, InterruptedException {
    var body = ApiClient.body().put("conversation", conversation(other)).put("message", message);
    emoji.ifPresent(chosen -> body.put("emoji", chosen));
    api.call("react", body);
  }

  void blocks(String other, boolean blocked) throws ScenarioException, InterruptedException {
    api.call(
        "block", ApiClient.body().put("conversation", conversation(other)).put("blocked", blocked));
  }

  /// Waits until a message is as it should be.
  JsonNode awaitsChange(String other, String id, Predicate<JsonNode> change)
      throws ScenarioException, InterruptedException {
    return await(
        name + " sees what became of a message",
        () ->
            messages(other).stream()
                .filter(m -> m.path("id").asText().equals(id) && change.test(m))
                .findFirst());
  }

  /// Waits until a message is there no more.
  void awaitsGone(String other, String id) throws ScenarioException, InterruptedException {
    await(
        "a message has gone by itself at " + name,
        () ->
            messages(other).stream().anyMatch(m -> m.path("id").asText().equals(id))
                ? Optional.empty()
                : Optional.of(id));
  }

  void awaitsTimer(String other, int seconds) throws ScenarioException, InterruptedException {
    await(
        name + " knows the timer",
        () ->
            Optional.of(conversationWith(other))
                .filter(c -> c.path("timerSeconds").asInt() == seconds));
  }

  /// Whether an event of this type comes within the limit, or has come since events were last
  /// looked at.
  boolean hears(String type, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<JsonNode> event = api.nextEvent(Duration.ofNanos(deadline - System.nanoTime()));
      if (event.filter(e -> e.path("type").asText().equals(type)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  void awaitsState(String other, String id, String... states)
      throws ScenarioException, InterruptedException {
    await(
        "a message of " + name + " is " + String.join(" or ", states),
        () ->
            messages(other).stream()
                .filter(m -> m.path("id").asText().equals(id))
                .filter(m -> List.of(states).contains(m.path("state").asText()))
                .findFirst());
  }

  /// Waits for a text of the other; its message.
  JsonNode awaitsText(String other, String text) throws ScenarioException, InterruptedException {
    return await(
        name + " has the text of " + other,
        () ->
            messages(other).stream()
                .filter(m -> !m.path("mine").asBoolean() && m.path("text").asText().equals(text))
                .findFirst());
  }

  void reads(String other, JsonNode message) throws ScenarioException, InterruptedException {
    api.call(
        "mark-read",
        ApiClient.body()
            .put("conversation", conversation(other))
            .put("message", message.path("id").asText()));
  }

  int unread(String other) throws ScenarioException, InterruptedException {
    return conversationWith(other).path("unread").asInt();
  }

  private JsonNode conversationWith(String other) throws ScenarioException, InterruptedException {
    String conversation = conversation(other);
    return find(
            api.call("conversations", ApiClient.body()),
            each -> each.path("id").asText().equals(conversation))
        .orElseThrow(() -> new ScenarioException("the conversation is not listed"));
  }

  /// Changes the name that contacts see.
  void renames(String newName) throws ScenarioException, InterruptedException {
    api.call("rename", ApiClient.body().put("name", newName));
  }

  /// How letters to the other travel just now.
  JsonNode travelTo(String other) throws ScenarioException, InterruptedException {
    return conversationWith(other).path("travel");
  }

  /// Allows these networks in the conversation with the other, in this order.
  void allows(String other, String... networks) throws ScenarioException, InterruptedException {
    var body = ApiClient.body().put("conversation", conversation(other));
    List.of(networks).forEach(body.putArray("networks")::add);
    api.call("set-conversation-ways", body);
  }

  /// Waits until letters to the other go by this network.
  void awaitsWay(String other, String network) throws ScenarioException, InterruptedException {
    await(
        "letters of " + name + " go by " + network,
        () -> Optional.of(travelTo(other)).filter(t -> t.path("network").asText().equals(network)));
  }

  /// Every message of the conversation, oldest first.
  List<JsonNode> messages(String other) throws ScenarioException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String conversation = conversation(other);
    Optional<String> before = Optional.empty();
    while (true) {
      var body = ApiClient.body().put("conversation", conversation).put("limit", 500);
      before.ifPresent(id -> body.put("before", id));
      JsonNode page = api.call("messages", body);
      List<JsonNode> older = new ArrayList<>();
      page.path("messages").forEach(older::add);
      all.addAll(0, older);
      if (!page.path("more").asBoolean() || older.isEmpty()) {
        return all;
      }
      before = Optional.of(older.getFirst().path("id").asText());
    }
  }

  /// The texts that the other wrote, in the order of the conversation.
  List<String> textsOf(String other) throws ScenarioException, InterruptedException {
    return messages(other).stream()
        .filter(m -> !m.path("mine").asBoolean())
        .map(m -> m.path("text").asText())
        .toList();
  }

  /// `kill -9`.
  void dies() throws InterruptedException {
    api.close();
    process.kill();
  }

  /// Starts the app again on the same folder and port.
  ///
  /// @param options more of them, for this time
  void comesBack(String... options) throws ScenarioException, InterruptedException {
    List<String> again = new ArrayList<>(command);
    again.addAll(List.of(options));
    process = ChildProcess.start(again, Programs.AS_BUILT);
    api = connect();
  }

  /// Waits for a condition, looked at again at every event of the app.
  <T> T await(String what, Condition<T> condition) throws ScenarioException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Optional<T> found = condition.look();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > deadline) {
        throw new ScenarioException("timed out: " + what);
      }
      api.awaitChange(LOOK_AGAIN);
    }
  }

  /// Something that comes true by itself, or not.
  interface Condition<T> {
    Optional<T> look() throws ScenarioException, InterruptedException;
  }

  @Override
  public void close() {
    api.close();
    process.close();
  }

  private Optional<JsonNode> contact(String other) throws ScenarioException, InterruptedException {
    return find(
        api.call("contacts", ApiClient.body()), each -> each.path("name").asText().equals(other));
  }

  private static Optional<JsonNode> find(JsonNode list, Predicate<JsonNode> test) {
    for (JsonNode each : list) {
      if (test.test(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private ApiClient connect() throws ScenarioException, InterruptedException {
    try {
      process.awaitLine(
          name + "'s page address", line -> line.contains("http://127.0.0.1:" + port), LIMIT);
      return new ApiClient(port, Files.readString(folder.resolve("api-token")).strip());
    } catch (IOException e) {
      process.close();
      throw new ScenarioException("the app left no api-token for " + name, e);
    } catch (ScenarioException e) {
      process.close();
      throw e;
    }
  }
}
