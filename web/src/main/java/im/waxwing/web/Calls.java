package im.waxwing.web;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads calls, has them carried out on virtual threads, and answers them.
final class Calls {
  private static final System.Logger LOG = System.getLogger(Calls.class.getName());
  private static final String BEARER = "Bearer ";
  private static final Duration PAGE_LIFE = Duration.ofDays(30);

  private final Operations operations;
  private final ApiTokens tokens;
  private final OpenCodes codes;
  private final ExecutorService workers;
  private final AtomicLong requests = new AtomicLong();

  Calls(Operations operations, ApiTokens tokens, OpenCodes codes, ExecutorService workers) {
    this.operations = operations;
    this.tokens = tokens;
    this.codes = codes;
    this.workers = workers;
  }

  /// Takes over a request whose path names `operation`.
  void handle(String operation, HttpServerRequest request) {
    long number = requests.incrementAndGet();
    HttpServerResponse response = request.response();
    if (!operation.equals("session") && !isAllowed(request.getHeader("Authorization"))) {
      answer(response, ProblemKind.NOT_ALLOWED, number);
    } else if (!request.method().equals(HttpMethod.POST)
        || !isJson(request.getHeader("Content-Type"))) {
      answer(response, ProblemKind.BAD_REQUEST, number);
    } else {
      BoundedBody.read(
          request,
          ApiJson.MAX_BODY,
          body -> workers.execute(() -> carryOut(operation, body, response, number)),
          () ->
              answer(
                  response.putHeader("Connection", "close"), 413, ProblemKind.BAD_REQUEST, number));
    }
  }

  private boolean isAllowed(@Nullable String authorization) {
    return authorization != null
        && authorization.startsWith(BEARER)
        && tokens.accepts(authorization.substring(BEARER.length()));
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private void carryOut(String operation, byte[] body, HttpServerResponse response, long number) {
    try {
      Object value = operation.equals("session") ? session(body) : operations.call(operation, body);
      send(response, 200, ApiJson.write(value));
    } catch (ProblemException e) {
      answer(response, e.kind(), number);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.ERROR, "request " + number + " failed", e);
      answer(response, ProblemKind.UNEXPECTED, number);
    }
  }

  private Session session(byte[] body) throws ProblemException {
    if (!codes.redeem(ApiJson.read(body, Code.class).code)) {
      throw new ProblemException(ProblemKind.NOT_ALLOWED);
    }
    return new Session(tokens.issue(PAGE_LIFE));
  }

  private static void answer(HttpServerResponse response, ProblemKind kind, long number) {
    answer(response, Problem.status(kind), kind, number);
  }

  private static void answer(
      HttpServerResponse response, int status, ProblemKind kind, long number) {
    send(response, status, ApiJson.write(Problem.of(kind, number)));
  }

  private static void send(HttpServerResponse response, int status, byte[] json) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(json));
  }

  private record Code(String code) {}

  private record Session(String token) {
    @Override
    public String toString() {
      return "Session[redacted]";
    }
  }
}
