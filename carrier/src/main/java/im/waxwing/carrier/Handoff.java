package im.waxwing.carrier;

/// What became of an envelope given to a [Carrier].
///
/// No case says "delivered": only the reader's device can say that, in a receipt.
public sealed interface Handoff {
  /// The mailbox has the envelope on disk, or had it already.
  record Accepted() implements Handoff {}

  /// Nobody could be reached, or no answer came; the same envelope may be offered again.
  record Unreachable() implements Handoff {}

  /// The mailbox does not take this envelope.
  record Refused(Refusal reason) implements Handoff {}
}
