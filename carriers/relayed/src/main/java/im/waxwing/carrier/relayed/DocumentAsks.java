package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks for documents by a connection, one after the other, and puts their parts together
/// (consensus.md §10). What stays silent between two parts has no document.
///
/// Belongs to the carrier's event loop.
final class DocumentAsks implements Shelf {
  private record Asked(Frame.AskDocument frame, Consumer<Optional<ByteString>> heard) {}

  private final Surroundings surroundings;
  private final Timing timing;
  private final Consumer<Frame> connection;
  private final Queue<Asked> waiting = new ArrayDeque<>();
  private @Nullable Asked asked;
  private DocumentParts parts = new DocumentParts();
  private long timer = -1;
  private long numbers;

  DocumentAsks(Surroundings surroundings, Timing timing, Consumer<Frame> connection) {
    this.surroundings = surroundings;
    this.timing = timing;
    this.connection = connection;
  }

  @Override
  public void ask(
      DocumentKind kind, ByteString name, ByteString known, Consumer<Optional<ByteString>> heard) {
    waiting.add(new Asked(new Frame.AskDocument(++numbers, kind, 0, name, known), heard));
    next();
  }

  private void next() {
    if (asked != null) {
      return;
    }
    Asked first = waiting.poll();
    if (first != null) {
      asked = first;
      parts = new DocumentParts();
      wait(first);
      connection.accept(first.frame());
    }
  }

  private void wait(Asked forIt) {
    surroundings.cancel(timer);
    timer =
        surroundings.after(
            timing.answer(),
            () -> {
              if (forIt.equals(asked)) {
                end(forIt, Optional.empty());
              }
            });
  }

  void received(Frame.DocumentPart part) {
    Asked now = asked;
    if (now == null || part.number() != now.frame().number()) {
      return;
    }
    if (part.count() == 0) {
      end(now, Optional.empty());
      return;
    }
    try {
      Optional<ByteString> document = parts.add(part);
      if (document.isPresent()) {
        end(now, document);
      } else {
        wait(now);
      }
    } catch (MalformedException _) {
      end(now, Optional.empty());
    }
  }

  private void end(Asked over, Optional<ByteString> document) {
    surroundings.cancel(timer);
    asked = null;
    over.heard().accept(document);
    next();
  }

  /// The connection is gone, and with it every answer.
  void lost() {
    List<Asked> all = new ArrayList<>(waiting);
    waiting.clear();
    Asked now = asked;
    asked = null;
    surroundings.cancel(timer);
    if (now != null) {
      now.heard().accept(Optional.empty());
    }
    all.forEach(one -> one.heard().accept(Optional.empty()));
  }
}
