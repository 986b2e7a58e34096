package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A node's door to its onion network, for its links: shut until it is a member of one. Safe for
/// many threads.
final class OnionDesk {
  private volatile @Nullable NetworkMember member;

  void open(NetworkMember opened) {
    member = opened;
  }

  boolean isOpen() {
    return member != null;
  }

  /// The document that is asked for; an empty one if it is the one already known.
  Optional<ByteString> answer(Frame.AskDocument ask) {
    NetworkMember now = member;
    return now == null ? Optional.empty() : now.answer(ask);
  }

  /// In how long a link may ask for so many documents as a link may.
  Duration measure() {
    NetworkMember now = member;
    return now == null ? Questions.MINUTE : now.measure();
  }

  /// A node's word, from its own link or handed on by another node.
  void heard(NodeKey from, NodeInfo info) {
    NetworkMember now = member;
    if (now != null) {
      now.heard(from, info);
    }
  }

  /// This node has new packet keys.
  void renewed() {
    NetworkMember now = member;
    if (now != null) {
      now.renewed();
    }
  }

  /// Whether a packet for this recipient is one that this node sent to itself.
  boolean isLoop(RecipientId recipient) {
    NetworkMember now = member;
    return now != null && now.loops().areFor(recipient);
  }

  /// Whether a link to this node is to stay, though nothing passes.
  boolean keeps(NodeKey node) {
    NetworkMember now = member;
    return now != null && now.keeps(node);
  }
}
