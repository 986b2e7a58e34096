package im.waxwing.web;

import im.waxwing.api.Event;
import im.waxwing.api.Messenger;
import im.waxwing.api.Messenger.EventSubscription;
import im.waxwing.api.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// One interface that listens (api.md §3): silent until its first message shows a token, cut off
/// when it reads too slowly.
///
/// Everything but [#tell] runs on the socket's event loop.
final class EventSocket {
  static final short UNKNOWN_WORD = 4400;
  static final short NOT_ALLOWED = 4401;
  static final short TOO_SLOW = 4408;
  private static final int MAX_UNREAD = 1024 * 1024;
  private static final Duration TOKEN_LIMIT = Duration.ofSeconds(10);
  private static final String READY = "{\"type\":\"ready\"}";

  private final ServerWebSocket socket;
  private final Messenger messenger;
  private final ApiTokens tokens;
  private final ExecutorService workers;
  private Optional<EventSubscription> subscription = Optional.empty();
  private boolean admitted;
  private boolean closed;

  private EventSocket(
      ServerWebSocket socket, Messenger messenger, ApiTokens tokens, ExecutorService workers) {
    this.socket = socket;
    this.messenger = messenger;
    this.tokens = tokens;
    this.workers = workers;
  }

  static void serve(
      Vertx vertx,
      ServerWebSocket socket,
      Messenger messenger,
      ApiTokens tokens,
      ExecutorService workers) {
    EventSocket events = new EventSocket(socket, messenger, tokens, workers);
    long timer = vertx.setTimer(TOKEN_LIMIT.toMillis(), _ -> events.refuseUnlessAdmitted());
    socket.setWriteQueueMaxSize(MAX_UNREAD);
    socket.textMessageHandler(events::hear);
    socket.binaryMessageHandler(_ -> events.close(UNKNOWN_WORD));
    socket.exceptionHandler(_ -> events.end());
    socket.closeHandler(
        _ -> {
          vertx.cancelTimer(timer);
          events.end();
        });
  }

  private void refuseUnlessAdmitted() {
    if (!admitted) {
      close(NOT_ALLOWED);
    }
  }

  private void hear(String text) {
    if (admitted) {
      close(UNKNOWN_WORD);
    } else if (showsToken(text)) {
      admitted = true;
      workers.execute(this::listen);
    } else {
      close(NOT_ALLOWED);
    }
  }

  private boolean showsToken(String text) {
    try {
      Hello hello = ApiJson.read(text.getBytes(StandardCharsets.UTF_8), Hello.class);
      return tokens.accepts(hello.token);
    } catch (ProblemException e) {
      return false;
    }
  }

  /// Subscribes before it says ready, so that whoever reads everything after that misses nothing.
  private void listen() {
    EventSubscription mine = messenger.subscribe(this::tell);
    synchronized (this) {
      if (closed) {
        mine.close();
        return;
      }
      subscription = Optional.of(mine);
    }
    socket.writeTextMessage(READY);
  }

  private void tell(Event event) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      close(TOO_SLOW);
    } else {
      socket.writeTextMessage(ApiJson.writeEvent(event));
    }
  }

  private void close(short code) {
    end();
    socket.close(code);
  }

  private synchronized void end() {
    closed = true;
    subscription.ifPresent(EventSubscription::close);
    subscription = Optional.empty();
  }

  private record Hello(String token) {
    @Override
    public String toString() {
      return "Hello[redacted]";
    }
  }
}
