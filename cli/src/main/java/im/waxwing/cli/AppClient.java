package im.waxwing.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.InvitationPreview;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessagePage;
import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SafetyNumberView;
import im.waxwing.api.SearchHit;
import im.waxwing.api.SetUp;
import im.waxwing.api.StatusView;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The running app of a data folder, through its local API. The methods are those of
/// [im.waxwing.api.Messenger]; each may also end in [ProblemKind#APP_NOT_RUNNING].
///
/// Safe for many threads.
public final class AppClient implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);
  private static final Map<String, Object> NOTHING = Map.of();
  private static final int MESSAGE_ID = 16;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String token;

  private AppClient(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /// Finds the app of this folder.
  ///
  /// @throws ProblemException [ProblemKind#APP_NOT_RUNNING]
  public static AppClient connect(DataFolder folder) throws ProblemException {
    return new AppClient(folder.port(), folder.token());
  }

  public StatusView status() throws ProblemException {
    return call("status", NOTHING, StatusView.class);
  }

  public StatusView setUp(SetUp setUp) throws ProblemException {
    return call("set-up", setUp, StatusView.class);
  }

  public StatusView rename(String name) throws ProblemException {
    return call("rename", Map.of("name", name), StatusView.class);
  }

  public StatusView moveHouse(String place) throws ProblemException {
    return call("move-house", Map.of("place", place), StatusView.class);
  }

  public StatusView enterNetwork(String address) throws ProblemException {
    return call("enter-network", Map.of("address", address), StatusView.class);
  }

  public StatusView leaveNetwork() throws ProblemException {
    return call("leave-network", NOTHING, StatusView.class);
  }

  public List<String> ways() throws ProblemException {
    return List.of(call("ways", NOTHING, String[].class));
  }

  public List<String> setWays(List<String> networks) throws ProblemException {
    return List.of(call("set-ways", Map.of("networks", networks), String[].class));
  }

  public ConversationView setConversationWays(String conversation, Optional<List<String>> networks)
      throws ProblemException {
    Map<String, Object> body = new HashMap<>(Map.of("conversation", conversation));
    networks.ifPresent(chosen -> body.put("networks", chosen));
    return call("set-conversation-ways", body, ConversationView.class);
  }

  public InvitationView invite(int lifeHours) throws ProblemException {
    return call("invite", Map.of("lifeHours", lifeHours), InvitationView.class);
  }

  public List<InvitationView> invitations() throws ProblemException {
    return List.of(call("invitations", NOTHING, InvitationView[].class));
  }

  public InvitationView revoke(String id) throws ProblemException {
    return call("revoke", Map.of("id", id), InvitationView.class);
  }

  public InvitationPreview preview(String link) throws ProblemException {
    return call("preview", Map.of("link", link), InvitationPreview.class);
  }

  public ContactView accept(String link) throws ProblemException {
    return call("accept", Map.of("link", link), ContactView.class);
  }

  public List<ContactView> contacts() throws ProblemException {
    return List.of(call("contacts", NOTHING, ContactView[].class));
  }

  public SafetyNumberView safetyNumber(String conversation) throws ProblemException {
    return call("safety-number", Map.of("conversation", conversation), SafetyNumberView.class);
  }

  public SafetyNumberView compare(String conversation, String scannable) throws ProblemException {
    return call(
        "compare",
        Map.of("conversation", conversation, "scannable", scannable),
        SafetyNumberView.class);
  }

  public SafetyNumberView markVerified(String conversation, boolean verified)
      throws ProblemException {
    return call(
        "mark-verified",
        Map.of("conversation", conversation, "verified", verified),
        SafetyNumberView.class);
  }

  public List<ConversationView> conversations() throws ProblemException {
    return List.of(call("conversations", NOTHING, ConversationView[].class));
  }

  public MessagePage messages(String conversation, Optional<String> before, int limit)
      throws ProblemException {
    Map<String, Object> body = new HashMap<>(Map.of("conversation", conversation, "limit", limit));
    before.ifPresent(id -> body.put("before", id));
    return call("messages", body, MessagePage.class);
  }

  /// Writes a message under a fresh id.
  public MessageView send(String conversation, String text, Optional<String> replyTo)
      throws ProblemException {
    String id = ByteString.copyOf(SecretBytes.generate(MESSAGE_ID).exposeSecret()).base64Url();
    Map<String, Object> body =
        new HashMap<>(Map.of("conversation", conversation, "id", id, "text", text));
    replyTo.ifPresent(answered -> body.put("replyTo", answered));
    return call("send", body, MessageView.class);
  }

  public MessageView react(String conversation, String message, Optional<String> emoji)
      throws ProblemException {
    Map<String, Object> body =
        new HashMap<>(Map.of("conversation", conversation, "message", message));
    emoji.ifPresent(chosen -> body.put("emoji", chosen));
    return call("react", body, MessageView.class);
  }

  public MessageView edit(String conversation, String message, String text)
      throws ProblemException {
    return call(
        "edit",
        Map.of("conversation", conversation, "message", message, "text", text),
        MessageView.class);
  }

  public MessageView unsend(String conversation, String message) throws ProblemException {
    return call(
        "unsend", Map.of("conversation", conversation, "message", message), MessageView.class);
  }

  public ConversationView setTimer(String conversation, Duration timer) throws ProblemException {
    return call(
        "set-timer",
        Map.of("conversation", conversation, "timerSeconds", timer.toSeconds()),
        ConversationView.class);
  }

  public ConversationView setMuted(String conversation, boolean muted) throws ProblemException {
    return call(
        "set-muted", Map.of("conversation", conversation, "muted", muted), ConversationView.class);
  }

  public ConversationView setArchived(String conversation, boolean archived)
      throws ProblemException {
    return call(
        "set-archived",
        Map.of("conversation", conversation, "archived", archived),
        ConversationView.class);
  }

  public List<SearchHit> search(String query, Optional<String> conversation, int limit)
      throws ProblemException {
    Map<String, Object> body = new HashMap<>(Map.of("query", query, "limit", limit));
    conversation.ifPresent(id -> body.put("conversation", id));
    return List.of(call("search", body, SearchHit[].class));
  }

  public ContactView block(String conversation, boolean blocked) throws ProblemException {
    return call(
        "block", Map.of("conversation", conversation, "blocked", blocked), ContactView.class);
  }

  public ConversationView markRead(String conversation, String message) throws ProblemException {
    return call(
        "mark-read",
        Map.of("conversation", conversation, "message", message),
        ConversationView.class);
  }

  public MessageView retry(String conversation, String message) throws ProblemException {
    return call(
        "retry", Map.of("conversation", conversation, "message", message), MessageView.class);
  }

  public void delete(String conversation, String message) throws ProblemException {
    call("delete", Map.of("conversation", conversation, "message", message), JsonNode.class);
  }

  /// A fresh link that opens the page once, within five minutes.
  public String openPage() throws ProblemException {
    return call("open-page", NOTHING, JsonNode.class).path("link").asText();
  }

  /// Tells `listener` of every change from now on, until the returned stream is closed.
  public EventStream listen(Consumer<? super Event> listener) throws ProblemException {
    return EventStream.open(http, port, token, listener);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private <T> T call(String operation, Object body, Class<T> type) throws ProblemException {
    HttpResponse<String> response = post(operation, CliJson.line(body));
    try {
      if (response.statusCode() == 200) {
        return CliJson.MAPPER.readValue(response.body(), type);
      }
      throw problem(CliJson.MAPPER.readTree(response.body()).path("problem"));
    } catch (JsonProcessingException e) {
      // Whatever answers there is not Waxwing.
      throw new ProblemException(ProblemKind.APP_NOT_RUNNING);
    }
  }

  private HttpResponse<String> post(String operation, String json) throws ProblemException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + operation))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(ANSWER_LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ProblemException(ProblemKind.APP_NOT_RUNNING, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.UNEXPECTED, e);
    }
  }

  private static ProblemException problem(JsonNode problem) {
    try {
      ProblemKind kind = ProblemKind.valueOf(problem.path("kind").asText());
      return new ProblemException(kind, new FailedRequest(problem.path("request").asLong()));
    } catch (IllegalArgumentException e) {
      return new ProblemException(ProblemKind.UNEXPECTED, e);
    }
  }
}
