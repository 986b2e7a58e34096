package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One device's connection. Reads frames on its event loop, stops reading while it waits for too
/// many answers or the device does not take what was sent, and is closed after too much nonsense.
///
/// [#answer] and [#push] may be called on any thread; the rest belongs to the event loop.
final class Link {
  private static final int MOST_UNSENT = 128;
  private static final int FEW_UNSENT = 32;

  private final NetSocket socket;
  private final Context loop;
  private final Office office;
  private final RecordParser parser;
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicBoolean refusedPush = new AtomicBoolean();
  private int unanswered;
  private int malformed;
  private boolean paused;
  private boolean closed;

  Link(NetSocket socket, Context loop, Office office) {
    this.socket = socket;
    this.loop = loop;
    this.office = office;
    this.parser = RecordParser.newFixed(Frame.SIZE, socket);
  }

  /// What the link hands its packets to.
  interface Packets {
    void arrived(Link link, ByteString packet);
  }

  void listen(Packets packets, Runnable whenClosed) {
    socket.setWriteQueueMaxSize(MOST_UNSENT * Frame.SIZE);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(
        _ -> {
          closed = true;
          office.committer().errand(() -> office.subscriptions().removeAll(this));
          whenClosed.run();
        });
    parser.handler(buffer -> read(buffer, packets));
  }

  private void read(Buffer buffer, Packets packets) {
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.Ping() -> send(new Frame.Pong());
        case Frame.Pong() -> {}
        case Frame.Packet(ByteString packet) -> packets.arrived(this, packet);
        case Frame.AboutNode _, Frame.Notice _, Frame.Attach _, Frame.Reply _, Frame.Peer _ ->
            malformed();
      }
    } catch (MalformedException _) {
      malformed();
    }
  }

  /// Counts nonsense; nothing is answered.
  void malformed() {
    office.counters().malformed.increment();
    malformed++;
    if (malformed > office.limits().malformedPerLink()) {
      socket.close();
    }
  }

  /// A new epoch: earlier nonsense is forgiven.
  void tellOfNode(Frame.AboutNode frame) {
    malformed = 0;
    send(frame);
  }

  /// A request was understood; an answer will follow.
  void expectAnswer() {
    unanswered++;
    regulate();
  }

  void answer(long number, AnswerCode code, ByteString body) {
    Frame.Answer answer = new Frame.Answer(number, code, body);
    byte[] bytes = answer.encode();
    loop.runOnContext(
        _ -> {
          unanswered--;
          write(bytes);
          regulate();
        });
  }

  /// Sends to a subscriber. False: too much waits to be sent; the subscriptions hear when the link
  /// has room again.
  boolean push(Frame frame) {
    if (unsent.get() >= MOST_UNSENT) {
      refusedPush.set(true);
      // Looked at again: the last of it may have been sent before the line above.
      if (unsent.get() >= FEW_UNSENT) {
        return false;
      }
    }
    unsent.incrementAndGet();
    byte[] bytes = frame.encode();
    loop.runOnContext(_ -> write(bytes).onComplete(_ -> sent()));
    return true;
  }

  private void sent() {
    if (unsent.decrementAndGet() < FEW_UNSENT && refusedPush.compareAndSet(true, false)) {
      office.committer().errand(() -> office.subscriptions().drained(this));
    }
  }

  private void send(Frame frame) {
    var _ = write(frame.encode());
    regulate();
  }

  private Future<Void> write(byte[] frame) {
    return closed ? Future.succeededFuture() : socket.write(Buffer.buffer(frame));
  }

  private void regulate() {
    boolean tooMuch = unanswered >= office.limits().requestsPerLink() || socket.writeQueueFull();
    if (tooMuch == paused || closed) {
      return;
    }
    paused = tooMuch;
    if (tooMuch) {
      parser.pause();
      socket.drainHandler(_ -> regulate());
    } else {
      parser.resume();
    }
  }

  void close() {
    socket.close();
  }
}
