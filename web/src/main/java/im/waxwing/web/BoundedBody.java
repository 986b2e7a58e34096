package im.waxwing.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Collects a request's body up to a limit.
final class BoundedBody {
  private final Buffer collected = Buffer.buffer();
  private boolean tooLong;

  private BoundedBody() {}

  /// Calls exactly one of the two, on the request's event loop. What comes behind the limit is
  /// thrown away.
  static void read(HttpServerRequest request, int limit, Consumer<byte[]> whole, Runnable tooLong) {
    BoundedBody body = new BoundedBody();
    request.handler(
        piece -> {
          if (body.collected.length() + piece.length() <= limit) {
            body.collected.appendBuffer(piece);
          } else if (!body.tooLong) {
            body.tooLong = true;
            tooLong.run();
          }
        });
    request.endHandler(
        _ -> {
          if (!body.tooLong) {
            whole.accept(body.collected.getBytes());
          }
        });
  }
}
