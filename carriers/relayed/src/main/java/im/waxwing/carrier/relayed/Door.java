package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.model.Place;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One short link to whoever hands a network's documents to newcomers. By which key it answers does
/// not matter: documents prove themselves. Nothing else is said here.
///
/// Belongs to the carrier's event loop.
final class Door implements Caller, Shelf, Connection.Events {
  private final Place place;
  private final Surroundings surroundings;
  private final Consumer<Boolean> opened;
  private final DocumentAsks documents;
  private final long timer;
  private @Nullable Connection connection;
  private boolean open;
  private boolean closed;

  /// Knocks.
  ///
  /// @param opened told once whether documents may be asked for
  Door(Place place, Surroundings surroundings, Timing timing, Consumer<Boolean> opened) {
    this.place = place;
    this.surroundings = surroundings;
    this.opened = opened;
    this.documents = new DocumentAsks(surroundings, timing, this::say);
    this.timer = surroundings.after(timing.answer(), this::shut);
    surroundings.connect(this);
  }

  @Override
  public String host() {
    return place.host();
  }

  @Override
  public int port() {
    return place.port();
  }

  @Override
  public void connected(NetSocket socket) {
    Connection fresh = new Connection(socket, _ -> true, this);
    if (closed) {
      fresh.abandon();
    } else {
      connection = fresh;
      fresh.listen();
    }
  }

  @Override
  public void failed(boolean impostor) {
    shut();
  }

  @Override
  public void aboutNode(Connection from, NodeInfo info) {
    if (!open && !closed) {
      open = true;
      surroundings.cancel(timer);
      opened.accept(true);
    }
  }

  @Override
  public void received(Connection from, Frame frame) {
    if (frame instanceof Frame.DocumentPart part) {
      documents.received(part);
    } else {
      from.malformed();
    }
  }

  @Override
  public void closed(Connection from) {
    shut();
  }

  @Override
  public void impostor(Connection from) {
    shut();
  }

  private void say(Frame frame) {
    if (connection != null) {
      connection.send(frame);
    }
  }

  @Override
  public void ask(
      DocumentKind kind, ByteString name, ByteString known, Consumer<Optional<ByteString>> heard) {
    if (closed) {
      heard.accept(Optional.empty());
    } else {
      documents.ask(kind, name, known, heard);
    }
  }

  /// Nobody is there, or no more.
  private void shut() {
    if (!closed) {
      close();
      if (!open) {
        opened.accept(false);
      }
    }
  }

  void close() {
    closed = true;
    surroundings.cancel(timer);
    if (connection != null) {
      connection.abandon();
    }
    documents.lost();
  }
}
