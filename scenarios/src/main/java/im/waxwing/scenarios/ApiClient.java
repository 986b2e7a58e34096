package im.waxwing.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Speaks the documented local API of one app, as a bot would.
public final class ApiClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String token;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  ApiClient(int port, String token) throws ScenarioException {
    this.port = port;
    this.token = token;
    this.socket = listen();
  }

  /// An empty JSON object, to be filled with the fields of a call.
  public static ObjectNode body() {
    return JSON.createObjectNode();
  }

  /// Calls an operation and gives its answer.
  ///
  /// @throws ScenarioException if the app refused it or did not answer
  public JsonNode call(String operation, ObjectNode body)
      throws ScenarioException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + operation))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(ANSWER_LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode json = answer.body().isEmpty() ? body() : JSON.readTree(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new ScenarioException(
            operation + " was refused: " + json.path("problem").path("kind").asText("?"));
      }
      return json;
    } catch (IOException e) {
      throw new ScenarioException("the app did not answer to " + operation, e);
    }
  }

  /// The next event of the app; empty when none comes in time.
  public Optional<JsonNode> nextEvent(Duration limit) throws InterruptedException {
    return Optional.ofNullable(events.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  /// Waits until something changes in the app, or the time is over.
  void awaitChange(Duration limit) throws InterruptedException {
    events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private WebSocket listen() throws ScenarioException {
    try {
      WebSocket opened =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/events"), new Listener())
              .join();
      opened.sendText(body().put("token", token).toString(), true).join();
      return opened;
    } catch (java.util.concurrent.CompletionException e) {
      throw new ScenarioException("the app's events cannot be heard", e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    private void add(String event) {
      try {
        events.add(JSON.readTree(event));
      } catch (IOException e) {
        throw new IllegalStateException("an event is not JSON", e);
      }
    }
  }
}
