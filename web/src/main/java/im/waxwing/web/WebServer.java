package im.waxwing.web;

import im.waxwing.api.Messenger;
import im.waxwing.api.OpenApi;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The app's door for its own page and programs, on 127.0.0.1 only (spec/api.md).
///
/// Safe for many threads.
public final class WebServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String API = "/api/v1/";
  private static final int CLOSING_SECONDS = 1;
  private static final int MAX_TOKEN_MESSAGE = 4 * 1024;

  private final Vertx vertx;
  private final Messenger messenger;
  private final ApiTokens tokens;
  private final OpenCodes codes;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final PageFiles page = new PageFiles();
  private final Calls calls;
  private final HttpServer server;

  private WebServer(
      Vertx vertx, Messenger messenger, ApiTokens tokens, InstantSource clock, int port)
      throws ProblemException {
    this.vertx = vertx;
    this.messenger = messenger;
    this.tokens = tokens;
    this.codes = new OpenCodes(clock);
    Operations operations = new Operations(messenger);
    operations.add("open-page", Operations.None.class, _ -> new PageLink(openLink()));
    this.calls = new Calls(operations, tokens, codes, workers);
    this.server = listen(port);
  }

  /// Opens the door.
  ///
  /// @param port 0: any free one
  /// @throws ProblemException [ProblemKind#PORT_TAKEN]
  public static WebServer start(
      Vertx vertx, Messenger messenger, ApiTokens tokens, InstantSource clock, int port)
      throws ProblemException {
    return new WebServer(vertx, messenger, tokens, clock, port);
  }

  public int port() {
    return server.actualPort();
  }

  /// A fresh link that opens the page once, within five minutes. It is a secret: never for logs.
  public String openLink() {
    return "http://" + LOOPBACK + ":" + port() + "/#open=" + codes.issue();
  }

  @Override
  public void close() {
    server.close().await();
    workers.shutdownNow();
  }

  private HttpServer listen(int port) throws ProblemException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(LOOPBACK)
            .setPort(port)
            .setHttp2ClearTextEnabled(false)
            .setMaxWebSocketFrameSize(MAX_TOKEN_MESSAGE)
            .setMaxWebSocketMessageSize(MAX_TOKEN_MESSAGE)
            .setWebSocketClosingTimeout(CLOSING_SECONDS)
            .setRegisterWebSocketWriteHandlers(false);
    HttpServer unbound = vertx.createHttpServer(options).requestHandler(this::handle);
    try {
      return Objects.requireNonNull(
          unbound.listen().toCompletionStage().toCompletableFuture().get());
    } catch (ExecutionException e) {
      workers.shutdownNow();
      throw new ProblemException(ProblemKind.PORT_TAKEN, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.UNEXPECTED, e);
    }
  }

  /// Runs on the event loop; whatever may block goes to the workers.
  private void handle(HttpServerRequest request) {
    protect(request.response());
    if (!new Guard(request.localAddress().port()).admits(request.headers())) {
      request.response().setStatusCode(403).end();
      return;
    }
    String path = Objects.requireNonNullElse(request.path(), "");
    switch (path) {
      case API + "events" -> listen(request);
      case API + "openapi.json" -> describe(request);
      default -> {
        if (path.startsWith(API)) {
          calls.handle(path.substring(API.length()), request);
        } else {
          page.serve(request);
        }
      }
    }
  }

  private static void protect(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Embedder-Policy", "require-corp")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private void listen(HttpServerRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request.response().setStatusCode(426).putHeader("Upgrade", "websocket").end();
      return;
    }
    request
        .toWebSocket()
        .onSuccess(socket -> EventSocket.serve(vertx, socket, messenger, tokens, workers));
  }

  private static void describe(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      request.response().setStatusCode(405).end();
      return;
    }
    try (InputStream document = OpenApi.open()) {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(Buffer.buffer(document.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }

  private record PageLink(String link) {
    @Override
    public String toString() {
      return "PageLink[redacted]";
    }
  }
}
