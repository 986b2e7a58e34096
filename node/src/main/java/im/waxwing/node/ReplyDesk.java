package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.OutgoingPacket;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import io.vertx.core.Context;

/// Answers by reply blocks: seals what is to be said and gives it to the block's first node. The
/// work is done on one event loop; the methods may be called on any thread.
final class ReplyDesk {
  private final Context loop;
  private final Peers peers;
  private final Share share;
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);

  ReplyDesk(Context loop, Peers peers, RelayLimits limits) {
    this.loop = loop;
    this.peers = peers;
    this.share = new Share(limits.heldInAll());
  }

  void send(ReplyBlock block, Frame.Notice notice) {
    loop.runOnContext(_ -> seal(block, notice));
  }

  /// A voice that speaks once.
  ///
  /// @param origin where the request came from, on the same event loop
  Voice voice(ReplyBlock block, Origin origin) {
    return (long number, AnswerCode code, ByteString body) ->
        loop.runOnContext(
            _ -> {
              seal(block, new Frame.Answer(number, code, body));
              origin.answered();
            });
  }

  private void seal(ReplyBlock block, Frame.Notice notice) {
    OutgoingPacket packet = wrapper.reply(block, notice.encodeReply());
    peers.forward(packet.first(), packet.packet(), share);
  }
}
