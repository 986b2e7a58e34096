package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.AnswerCode;

/// By which one request is answered. Any thread.
interface Voice {
  void answer(long number, AnswerCode code, ByteString body);
}
