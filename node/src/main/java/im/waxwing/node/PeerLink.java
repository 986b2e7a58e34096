package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.DocumentParts;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A link to another node, dialled by either side: packets both ways. Sends what waits at its
/// [Peer] as fast as the other side takes it, and is not read while too many requests that came by
/// it wait for the store.
///
/// [#wake], [#probe], [#tick] and [#close] may be called on any thread; the rest belongs to the
/// event loop.
final class PeerLink implements Origin {
  // node.md §9
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofMinutes(10);

  // consensus.md §10.2
  private static final int MOST_GOSSIPS_A_MINUTE = 4_096;

  private static final int MOST_UNSENT = 128;
  private static final int MOST_UNSENT_OF_SWARMS = 2_048;
  private static final int FRAMES_AT_ONCE = 16;

  /// A connection, cut into frames.
  record Line(NetSocket socket, RecordParser parser, Context loop) {}

  /// Which node stands at the other end.
  ///
  /// @param linkKeyHash what its word must name on this link
  /// @param dialled by us
  record Other(NodeKey key, ByteString linkKeyHash, boolean dialled) {}

  /// A question for a document, and as much of the answer as is here.
  private record Asking(long number, DocumentParts parts, Consumer<ByteString> then) {}

  private final NetSocket socket;
  private final RecordParser parser;
  private final Context loop;
  private final Office office;
  private final Other other;
  private final Peer peer;
  private final Packets packets;
  private final Share share;
  private final Questions questions;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicInteger unsent = new AtomicInteger();
  private final List<Runnable> whenHeard = new ArrayList<>();
  private @Nullable Asking asking;
  private long questionNumber;
  private long gossipMinute;
  private int gossips;
  private boolean ready;
  private boolean closed;
  private boolean paused;
  private boolean waitsForDrain;
  private int unanswered;
  private int malformed;
  private long heard;
  private Instant lastHeard;
  private Instant lastPacket;

  PeerLink(Line line, Office office, Other other, Peer peer, Packets packets) {
    this.socket = line.socket();
    this.parser = line.parser();
    this.loop = line.loop();
    this.office = office;
    this.other = other;
    this.peer = peer;
    this.packets = packets;
    this.share = new Share(office.limits().relaying().heldPerPeer());
    this.questions = new Questions(office, this::write);
    this.lastHeard = office.clock().instant();
    this.lastPacket = lastHeard;
  }

  boolean isDialled() {
    return other.dialled();
  }

  /// @param whenClosed called once
  void listen(Runnable whenClosed) {
    socket.setWriteQueueMaxSize(MOST_UNSENT * Frame.SIZE);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> end(whenClosed));
    parser.handler(this::read);
  }

  /// The other node has said who it is: the link may be used.
  void begin(NodeInfo info) {
    ready = true;
    peer.opened(this, info);
    office.onion().heard(other.key(), info);
  }

  private void end(Runnable whenClosed) {
    if (!closed) {
      closed = true;
      peer.closed(this);
      whenClosed.run();
    }
  }

  private void read(Buffer buffer) {
    heardSomething();
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.Packet(ByteString packet) when ready -> {
          lastPacket = lastHeard;
          packets.arrived(this, packet);
        }
        case Frame.Ping() -> pong();
        case Frame.Pong() -> {}
        case Frame.AboutNode(NodeInfo info) when info.isFrom(other.key(), other.linkKeyHash()) ->
            told(info);
        case Frame.PeerRequest request when ready -> asked(request);
        case Frame.PeerAnswer answer when ready -> {
          lastPacket = lastHeard;
          // An answer that comes too late is no offence.
          boolean _ = office.swarms().heard(other.key(), answer);
        }
        case Frame.Gossip(NodeInfo info) when ready -> gossip(info);
        case Frame.AskDocument ask when ready -> {
          if (!questions.asked(ask)) {
            nonsense();
          }
        }
        case Frame.DocumentPart part when ready -> answered(part);
        case Frame.Packet _,
            Frame.PeerRequest _,
            Frame.PeerAnswer _,
            Frame.AboutNode _,
            Frame.Notice _,
            Frame.Attach _,
            Frame.Reply _,
            Frame.Peer _,
            Frame.AskDocument _,
            Frame.Gossip _,
            Frame.DocumentPart _ ->
            nonsense();
      }
    } catch (MalformedException _) {
      nonsense();
    }
  }

  private void asked(Frame.PeerRequest request) {
    lastPacket = lastHeard;
    boolean joined =
        office
            .swarms()
            .asked(
                other.key(),
                request,
                (code, body) -> send(new Frame.PeerAnswer(request.number(), code, body)));
    if (!joined) {
      send(new Frame.PeerAnswer(request.number(), AnswerCode.NOT_ALLOWED, ByteString.EMPTY));
    }
  }

  /// What is more in a minute is not looked at: the document of all words brings it later.
  private void gossip(NodeInfo info) {
    long minute = lastHeard.getEpochSecond() / 60;
    if (minute != gossipMinute) {
      gossipMinute = minute;
      gossips = 0;
    }
    if (++gossips <= MOST_GOSSIPS_A_MINUTE) {
      office.onion().heard(other.key(), info);
    }
  }

  /// Asks for a document; `then` hears of it on the event loop, or never. Any thread. A question
  /// before is forgotten.
  void ask(DocumentKind kind, ByteString known, Consumer<ByteString> then) {
    loop.runOnContext(
        _ -> {
          asking = new Asking(++questionNumber, new DocumentParts(), then);
          write(new Frame.AskDocument(questionNumber, kind, 0, Frame.AskDocument.NONE, known));
        });
  }

  private void answered(Frame.DocumentPart part) throws MalformedException {
    Asking now = asking;
    if (now == null || now.number() != part.number()) {
      return;
    }
    if (part.count() == 0) {
      asking = null;
      return;
    }
    Optional<ByteString> document = now.parts().add(part);
    if (document.isPresent()) {
      asking = null;
      now.then().accept(document.get());
    }
  }

  /// Sends what members of a swarm say to each other. Any thread. Dropped when too much waits: who
  /// hears nothing asks again.
  void send(Frame frame) {
    if (unsent.incrementAndGet() > MOST_UNSENT_OF_SWARMS) {
      unsent.decrementAndGet();
      return;
    }
    byte[] bytes = frame.encode();
    loop.runOnContext(_ -> sendNow(bytes));
  }

  private void sendNow(byte[] bytes) {
    if (closed) {
      unsent.decrementAndGet();
    } else {
      lastPacket = office.clock().instant();
      var _ = socket.write(Buffer.buffer(bytes)).onComplete(_ -> unsent.decrementAndGet());
    }
  }

  /// Not when much waits to be sent: that shows as well that the link lives.
  private void pong() {
    if (!socket.writeQueueFull()) {
      write(new Frame.Pong());
    }
  }

  private void told(NodeInfo info) {
    if (ready) {
      peer.told(info);
      office.onion().heard(other.key(), info);
    } else {
      begin(info);
    }
  }

  private void nonsense() {
    office.counters().malformed.increment();
    malformed++;
    if (malformed > office.limits().malformedPerLink()) {
      socket.close();
    }
  }

  /// Any app can send packets past this peer that are none: they say nothing against it.
  @Override
  public void badPacket() {
    office.counters().malformed.increment();
  }

  @Override
  public Share share() {
    return share;
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

  private void regulate() {
    boolean tooMuch = unanswered >= office.limits().relaying().requestsPerPeer();
    if (tooMuch == paused || closed) {
      return;
    }
    paused = tooMuch;
    if (tooMuch) {
      parser.pause();
    } else {
      parser.resume();
    }
  }

  /// Something waits to be sent.
  void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.runOnContext(
          _ -> {
            woken.set(false);
            sendWaiting();
          });
    }
  }

  private void sendWaiting() {
    while (!closed && !waitsForDrain) {
      if (socket.writeQueueFull()) {
        waitsForDrain = true;
        socket.drainHandler(
            _ -> {
              waitsForDrain = false;
              sendWaiting();
            });
        return;
      }
      List<ByteString> waiting = peer.take(FRAMES_AT_ONCE);
      if (waiting.isEmpty()) {
        return;
      }
      Buffer frames = Buffer.buffer(waiting.size() * Frame.SIZE);
      waiting.forEach(packet -> frames.appendBytes(new Frame.Packet(packet).encode()));
      var _ = socket.write(frames);
      lastPacket = office.clock().instant();
    }
  }

  /// Asks whether the other node is there. `alive` is called when it says anything; if it says
  /// nothing for so long, the link is closed.
  void probe(Duration patience, Runnable alive) {
    loop.runOnContext(
        _ -> {
          whenHeard.add(alive);
          if (whenHeard.size() == 1) {
            write(new Frame.Ping());
            long asked = heard;
            long _ = loop.owner().setTimer(patience.toMillis(), _ -> closeIfSilentSince(asked));
          }
        });
  }

  private void closeIfSilentSince(long count) {
    if (heard == count) {
      socket.close();
    }
  }

  private void heardSomething() {
    heard++;
    lastHeard = office.clock().instant();
    if (!whenHeard.isEmpty()) {
      List<Runnable> waiting = List.copyOf(whenHeard);
      whenHeard.clear();
      waiting.forEach(Runnable::run);
    }
  }

  /// A new epoch: earlier nonsense is forgiven.
  void tellOfNode(Frame.AboutNode frame) {
    malformed = 0;
    write(frame);
  }

  /// Keeps the link, if it is this node's to keep and of use.
  void tick(Instant now) {
    if (!other.dialled()) {
      return;
    }
    loop.runOnContext(
        _ -> {
          if (Duration.between(lastPacket, now).compareTo(IDLE) >= 0
              && !office.onion().keeps(other.key())) {
            socket.close();
          } else if (Duration.between(lastHeard, now).compareTo(QUIET) >= 0) {
            write(new Frame.Ping());
          }
        });
  }

  private void write(Frame frame) {
    var _ = write(Buffer.buffer(frame.encode()));
  }

  private Future<Void> write(Buffer frames) {
    return closed ? Future.succeededFuture() : socket.write(frames);
  }

  @Override
  public void close() {
    loop.runOnContext(_ -> socket.close());
  }
}
