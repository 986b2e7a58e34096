package im.waxwing.bench;

import im.waxwing.base.MalformedException;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Optional;
import java.util.function.Supplier;

/// One link that sends frames with requests as fast as the node answers, [#WINDOW] at a time, as
/// many as our apps have under way on a link.
///
/// Belongs to its event loop; told to start and asked for outcomes on any thread.
final class DepositLink {
  static final int WINDOW = 32;

  private final NetSocket socket;
  private final Promise<NodeInfo> info = Promise.promise();
  private Promise<Integer> done = Promise.promise();
  private Supplier<Optional<byte[]>> frames = Optional::empty;
  private int underWay;
  private int accepted;

  DepositLink(NetSocket socket) {
    this.socket = socket;
    socket.closeHandler(_ -> fail("the node closed a link"));
    RecordParser.newFixed(Frame.SIZE, socket).handler(this::read);
  }

  /// The node's first word.
  io.vertx.core.Future<NodeInfo> info() {
    return info.future();
  }

  /// Sends every frame the source gives; done when all are answered, with the number of those
  /// accepted. The source is shared with other links.
  io.vertx.core.Future<Integer> send(
      io.vertx.core.Context loop, Supplier<Optional<byte[]>> source) {
    Promise<Integer> finished = Promise.promise();
    loop.runOnContext(
        _ -> {
          frames = source;
          done = finished;
          accepted = 0;
          refill();
        });
    return finished.future();
  }

  /// Half a window in one write, so that the generator costs little.
  private void refill() {
    Buffer batch = Buffer.buffer(WINDOW * Frame.SIZE);
    while (underWay < WINDOW) {
      Optional<byte[]> frame = frames.get();
      if (frame.isEmpty()) {
        break;
      }
      batch.appendBytes(frame.get());
      underWay++;
    }
    if (batch.length() > 0) {
      var _ = socket.write(batch);
    } else if (underWay == 0) {
      boolean _ = done.tryComplete(accepted);
    }
  }

  private void read(Buffer buffer) {
    try {
      switch (Frame.decode(buffer.getBytes())) {
        case Frame.AboutNode(NodeInfo told) -> {
          boolean _ = info.tryComplete(told);
        }
        case Frame.Answer(_, AnswerCode code, _) -> answered(code);
        default -> fail("the node said something nobody had asked");
      }
    } catch (MalformedException e) {
      fail("the node sent a bad frame");
    }
  }

  private void answered(AnswerCode code) {
    if (code != AnswerCode.OK) {
      fail("the node answered " + code);
      return;
    }
    accepted++;
    if (--underWay <= WINDOW / 2) {
      refill();
    }
  }

  private void fail(String why) {
    boolean _ = info.tryFail(why);
    boolean _ = done.tryFail(why);
  }
}
