package im.waxwing.web;

import im.waxwing.api.ProblemException;
import im.waxwing.api.memory.MemoryMessenger;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A running server before a messenger in memory, with a clock moved by hand.
final class OpenDoor implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
  final InstantSource clock = () -> now;
  final ApiTokens tokens;
  final WebServer server;
  final String token;

  OpenDoor(MemoryMessenger messenger, Path folder) throws IOException, ProblemException {
    tokens = ApiTokens.open(folder, clock);
    server = WebServer.start(vertx, messenger, tokens, clock, 0);
    token = tokens.issue(Duration.ofHours(1));
  }

  int port() {
    return server.port();
  }

  void later(Duration duration) {
    now = now.plus(duration);
  }

  String host() {
    return "127.0.0.1:" + port();
  }

  /// A call as our own programs make it.
  RawHttp call(String operation, String json) {
    return RawHttp.post("/api/v1/" + operation, json)
        .header("Host", host())
        .header("Authorization", "Bearer " + token);
  }

  RawHttp load(String path) {
    return RawHttp.get(path).header("Host", host());
  }

  @Override
  public void close() {
    server.close();
    vertx.close().await();
  }
}
