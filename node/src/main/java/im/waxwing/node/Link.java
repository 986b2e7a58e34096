package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.PeerGreeting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One device's connection; or another node's, until that has said so. Reads frames on its event
/// loop, stops reading while it waits for too many answers or the device does not take what was
/// sent, and is closed after too much nonsense.
///
/// [#answer], [#push] and [#reply] may be called on any thread; the rest belongs to the event loop.
final class Link implements Origin, Voice, Subscriptions.Listener {
  private static final int MOST_UNSENT = 128;
  private static final int FEW_UNSENT = 32;

  private final NetSocket socket;
  private final Context loop;
  private final Office office;
  private final RecordParser parser;
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicBoolean refusedPush = new AtomicBoolean();
  private final Set<RecipientId> recipients = new HashSet<>();
  private final Share share;
  private final Questions questions;
  private boolean first = true;
  private int unanswered;
  private int malformed;
  private boolean paused;
  private boolean closed;

  Link(NetSocket socket, Context loop, Office office) {
    this.socket = socket;
    this.loop = loop;
    this.office = office;
    this.parser = RecordParser.newFixed(Frame.SIZE, socket);
    this.share = new Share(office.limits().relaying().heldPerLink());
    this.questions = new Questions(office, this::write);
  }

  /// Takes over a connection that turns out to be another node's.
  interface Turn {
    void isPeer(NetSocket socket, RecordParser parser, PeerGreeting greeting);
  }

  void listen(Packets packets, Turn turn, Runnable whenClosed) {
    socket.setWriteQueueMaxSize(MOST_UNSENT * Frame.SIZE);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(
        _ -> {
          closed = true;
          recipients.forEach(recipient -> office.attached().detach(recipient, this));
          office.committer().errand(() -> office.subscriptions().removeAll(this));
          whenClosed.run();
        });
    parser.handler(buffer -> read(buffer, packets, turn));
  }

  private void read(Buffer buffer, Packets packets, Turn turn) {
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.Ping() -> send(new Frame.Pong());
        case Frame.Pong() -> {}
        case Frame.Packet(ByteString packet) -> packets.arrived(this, packet);
        case Frame.Attach(RecipientId recipient) -> attach(recipient);
        case Frame.Peer(PeerGreeting greeting) when first -> turn.isPeer(socket, parser, greeting);
        case Frame.AboutNode _,
            Frame.Notice _,
            Frame.Reply _,
            Frame.Peer _,
            Frame.PeerRequest _,
            Frame.PeerAnswer _,
            Frame.Gossip _,
            Frame.DocumentPart _ ->
            malformed();
        case Frame.AskDocument ask -> {
          if (!questions.asked(ask)) {
            malformed();
          }
        }
      }
    } catch (MalformedException _) {
      malformed();
    }
    first = false;
  }

  private void attach(RecipientId recipient) {
    boolean isNew = !recipients.contains(recipient);
    if (recipient.equals(RecipientId.NODE)
        || (isNew && recipients.size() >= office.limits().relaying().attachedPerLink())) {
      malformed();
      return;
    }
    recipients.add(recipient);
    office.attached().attach(recipient, this);
  }

  @Override
  public Share share() {
    return share;
  }

  @Override
  public void badPacket() {
    malformed();
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

  @Override
  public void expectAnswer() {
    unanswered++;
    regulate();
  }

  @Override
  public void answered() {
    unanswered--;
    regulate();
  }

  @Override
  public void answer(long number, AnswerCode code, ByteString body) {
    Frame.Answer answer = new Frame.Answer(number, code, body);
    byte[] bytes = answer.encode();
    loop.runOnContext(
        _ -> {
          var _ = write(bytes);
          answered();
        });
  }

  /// Sends to a subscriber. False: too much waits to be sent; the subscriptions hear when the link
  /// has room again.
  @Override
  public boolean push(Frame.Notice frame) {
    if (unsent.get() >= MOST_UNSENT) {
      refusedPush.set(true);
      // Looked at again: the last of it may have been sent before the line above.
      if (unsent.get() >= FEW_UNSENT) {
        return false;
      }
    }
    sendLater(frame);
    return true;
  }

  /// Sends an answer that came by reply block. False: too much waits to be sent, and this is
  /// dropped.
  boolean reply(Frame.Reply frame) {
    if (unsent.get() >= MOST_UNSENT) {
      return false;
    }
    sendLater(frame);
    return true;
  }

  private void sendLater(Frame frame) {
    unsent.incrementAndGet();
    byte[] bytes = frame.encode();
    loop.runOnContext(_ -> write(bytes).onComplete(_ -> sent()));
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
    return write(Buffer.buffer(frame));
  }

  private Future<Void> write(Buffer frames) {
    return closed ? Future.succeededFuture() : socket.write(frames);
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

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    socket.close();
  }
}
