package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Answers what is asked for documents on one link: one question at a time, few a minute, and no
/// faster than the other side takes it, so that nobody has a node send a megabyte over and over
/// (consensus.md §10.1). Belongs to the link's event loop.
final class Questions {
  // consensus.md §10.1
  static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST = 20;

  private static final int PARTS_AT_ONCE = 16;

  private final Office office;
  private final Function<Buffer, Future<Void>> line;
  private Instant since = Instant.MIN;
  private int asked;
  private boolean answering;

  /// @param line writes, and tells when that is on its way
  Questions(Office office, Function<Buffer, Future<Void>> line) {
    this.office = office;
    this.line = line;
  }

  /// False: it is nonsense to ask this now.
  boolean asked(Frame.AskDocument ask) {
    if (answering || !office.onion().isOpen()) {
      return false;
    }
    answering = true;
    send(mayAsk() ? answer(ask) : List.of(none(ask)), 0);
    return true;
  }

  private List<Frame.DocumentPart> answer(Frame.AskDocument ask) {
    return office
        .onion()
        .answer(ask)
        .map((ByteString document) -> DocumentParts.of(ask.number(), ask.kind(), document))
        .orElseGet(() -> List.of(none(ask)));
  }

  private static Frame.DocumentPart none(Frame.AskDocument ask) {
    return DocumentParts.none(ask.number(), ask.kind());
  }

  private boolean mayAsk() {
    Instant now = office.clock().instant();
    if (since.equals(Instant.MIN)
        || Duration.between(since, now).compareTo(office.onion().measure()) >= 0) {
      since = now;
      asked = 0;
    }
    return ++asked <= MOST;
  }

  private void send(List<Frame.DocumentPart> parts, int from) {
    if (from >= parts.size()) {
      answering = false;
      return;
    }
    int to = Math.min(parts.size(), from + PARTS_AT_ONCE);
    Buffer frames = Buffer.buffer((to - from) * Frame.SIZE);
    parts.subList(from, to).forEach(part -> frames.appendBytes(part.encode()));
    var _ = line.apply(frames).onSuccess(_ -> send(parts, to));
  }
}
