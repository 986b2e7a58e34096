package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;

/// What a packet turned out to be at the node that removed a layer.
///
/// Before acting on any of them the node gives [#replayTag] to [ReplayTags]; a tag seen before
/// means that the packet is dropped.
public sealed interface Unwrapped {

  /// 32 bytes that are the same exactly when the layer is the same.
  ByteString replayTag();

  /// A packet for the next node, to be passed on after the delay.
  record Forward(ByteString replayTag, NodeKey next, long delayMillis, ByteString packet)
      implements Unwrapped {
    @Override
    public String toString() {
      return "Forward[redacted]";
    }
  }

  /// The path ends here: a clear payload, of the geometry's length, for somebody at this node.
  record Deliver(ByteString replayTag, RecipientId recipient, ByteString payload)
      implements Unwrapped {
    @Override
    public String toString() {
      return "Deliver[redacted]";
    }
  }

  /// The path of a reply block ends here: an answer that only the maker of the block can read, by
  /// [PacketWrapper#openReply].
  record Reply(ByteString replayTag, RecipientId recipient, ReplyId reply, ByteString sealed)
      implements Unwrapped {
    @Override
    public String toString() {
      return "Reply[redacted]";
    }
  }
}
