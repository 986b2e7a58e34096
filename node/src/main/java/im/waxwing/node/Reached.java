package im.waxwing.node;

import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.NodeInfo;

/// What came of the wish to reach another node.
sealed interface Reached {
  /// It is there, and says this of itself.
  record Here(NodeInfo info) implements Reached {}

  /// UNREACHABLE_NODE, NOT_ALLOWED or BUSY.
  record Not(AnswerCode why) implements Reached {}
}
