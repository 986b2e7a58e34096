package im.waxwing.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import im.waxwing.api.Event;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A running subscription to the app's events (api.md §3). The listener is called in order, by one
/// thread at a time.
public final class EventStream implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(10);

  private final WebSocket socket;
  private final CompletableFuture<Void> ended;

  private EventStream(WebSocket socket, CompletableFuture<Void> ended) {
    this.socket = socket;
    this.ended = ended;
  }

  static EventStream open(HttpClient http, int port, String token, Consumer<? super Event> listener)
      throws ProblemException {
    Ear ear = new Ear(listener);
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/events"), ear)
              .join();
      socket.sendText(CliJson.line(Map.of("token", token)), true).join();
      ear.ready.get(READY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return new EventStream(socket, ear.ended);
    } catch (CompletionException | ExecutionException | TimeoutException e) {
      throw new ProblemException(ProblemKind.APP_NOT_RUNNING, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.UNEXPECTED, e);
    }
  }

  /// Waits until the app ends the stream.
  public void awaitEnd() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a listener failed", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Ear implements WebSocket.Listener {
    private final Consumer<? super Event> listener;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    Ear(Consumer<? super Event> listener) {
      this.listener = listener;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end(new IllegalStateException("the app closed the stream"));
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end(error);
    }

    private void end(Throwable error) {
      ready.completeExceptionally(error);
      ended.complete(null);
    }

    private void hear(String json) {
      try {
        JsonNode tree = CliJson.MAPPER.readTree(json);
        if (tree.path("type").asText().equals("ready")) {
          ready.complete(null);
        } else {
          listener.accept(CliJson.MAPPER.treeToValue(tree, Event.class));
        }
      } catch (JsonProcessingException e) {
        // An event of a newer app, unknown here.
      }
    }
  }
}
