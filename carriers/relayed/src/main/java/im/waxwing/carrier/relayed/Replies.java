package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Hop;
import im.waxwing.packet.OwnReplyBlock;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The reply blocks given away whose answers are to come by one link, until they are used or given
/// up; their keys are erased then (packet.md §8).
///
/// Belongs to the carrier's event loop.
final class Replies {
  /// A block to give away, and its name.
  record Given(ReplyId id, ReplyBlock block) {}

  private record Expected(SecretBytes keys, BiConsumer<ReplyId, Frame.Notice> heard) {}

  private final PacketWrapper wrapper;
  private final RecipientId recipient = new RecipientId(random(RecipientId.LENGTH));
  private final Map<ReplyId, Expected> expected = new HashMap<>();

  Replies(PacketWrapper wrapper) {
    this.wrapper = wrapper;
  }

  /// Under what name the link's node knows where the answers go; the same over all connections.
  RecipientId recipient() {
    return recipient;
  }

  /// Makes a block whose answer takes the path `back`, which ends at the link's node.
  Given expect(List<Hop> back, BiConsumer<ReplyId, Frame.Notice> heard) {
    ReplyId id = new ReplyId(random(ReplyId.LENGTH));
    OwnReplyBlock own = wrapper.replyBlock(back, recipient, id);
    expected.put(id, new Expected(own.keys(), heard));
    return new Given(id, own.block());
  }

  /// What nobody expects, or what was changed on its way, is nothing.
  void received(Frame.Reply reply) {
    Expected waiting = expected.get(reply.id());
    if (waiting == null) {
      return;
    }
    Frame.Notice notice;
    try {
      ByteString clear = wrapper.openReply(waiting.keys(), reply.sealed());
      notice = Frame.Notice.decodeReply(clear);
    } catch (MalformedException _) {
      return;
    }
    forget(reply.id());
    waiting.heard().accept(reply.id(), notice);
  }

  void forget(ReplyId id) {
    Expected given = expected.remove(id);
    if (given != null) {
      given.keys().close();
    }
  }

  void forgetAll() {
    expected.values().forEach(given -> given.keys().close());
    expected.clear();
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
