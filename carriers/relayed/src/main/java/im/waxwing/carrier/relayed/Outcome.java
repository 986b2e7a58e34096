package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.AnswerCode;

/// What a request came to on a link.
sealed interface Outcome {
  record Answered(AnswerCode code, ByteString body) implements Outcome {}

  /// No connection, or no answer in time.
  record NoAnswer() implements Outcome {}
}
