package im.waxwing.carrier.relayed;

import im.waxwing.carrier.Refusal;
import im.waxwing.protocol.AnswerCode;
import java.util.Optional;

/// A node's answer codes as the engine knows them.
final class Refusals {
  private Refusals() {}

  /// Empty: it was no refusal.
  static Optional<Refusal> of(AnswerCode code) {
    return switch (code) {
      case OK -> Optional.empty();
      case UNKNOWN_MAILBOX -> Optional.of(Refusal.UNKNOWN_MAILBOX);
      case WRONG_DAY -> Optional.of(Refusal.WRONG_DAY);
      case FULL -> Optional.of(Refusal.FULL);
      case CONFLICT -> Optional.of(Refusal.CONFLICT);
      case NOT_ADMITTED -> Optional.of(Refusal.NOT_ADMITTED);
      case TAKEN -> Optional.of(Refusal.TAKEN);
      case UNKNOWN_DRAWER -> Optional.of(Refusal.UNKNOWN_DRAWER);
      case BUSY -> Optional.of(Refusal.BUSY);
      case BAD_SIGNATURE -> Optional.of(Refusal.BAD_SIGNATURE);
      case UNREACHABLE_NODE -> Optional.of(Refusal.UNREACHABLE_NODE);
      case NOT_ALLOWED -> Optional.of(Refusal.NOT_ALLOWED);
    };
  }
}
